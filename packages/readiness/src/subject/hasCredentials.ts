/** Whether a URL holds a user name or a password. What is no URL holds none. */
export const hasCredentials = (url: string): boolean => {
  if (!URL.canParse(url)) return false;
  const { username, password } = new URL(url);
  return username !== "" || password !== "";
};
