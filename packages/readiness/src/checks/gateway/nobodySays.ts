/** Why software cannot tell which gateway production calls, and how to say it. */
export const nobodySays = {
  status: "manual",
  why: "which gateway the deployed application uses is set where it runs",
  fix: 'Add to launch.toml: gateway = "livepeer-studio", or your own gateway\'s base URL',
} as const;
