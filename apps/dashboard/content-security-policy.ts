/** What the service sends with the page: `vite preview` does as well, and so fails where the service would. A test compares. */
export const CONTENT_SECURITY_POLICY =
  "default-src 'self';img-src 'self' data:;script-src-attr 'none';object-src 'none';base-uri 'none';form-action 'self';frame-ancestors 'none'";
