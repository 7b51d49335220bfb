/** The policy that the service sends with the page. `vite preview` sends it too, so that violations show there. A test compares both. */
export const CONTENT_SECURITY_POLICY =
  "default-src 'self';img-src 'self' data:;script-src-attr 'none';object-src 'none';base-uri 'none';form-action 'self';frame-ancestors 'none'";
