import { useEffect, useRef } from "react";

/** A picture that lies on the phone. */
export const BlobImage = ({ blob, alt }: { blob: Blob; alt: string }) => {
  const image = useRef<HTMLImageElement>(null);
  useEffect(() => {
    const url = URL.createObjectURL(blob);
    if (image.current) image.current.src = url;
    return () => URL.revokeObjectURL(url);
  }, [blob]);
  return <img ref={image} className="thumb" alt={alt} />;
};
