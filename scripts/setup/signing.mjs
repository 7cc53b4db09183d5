// Says whether electron-builder will sign the installers. It reads the variables itself.

/**
 * Returns one sentence about what is missing for signed installers; undefined if nothing is.
 * @param {NodeJS.Platform} platform
 * @param {Readonly<Record<string, string | undefined>>} environment
 */
export const missingSignature = (platform, environment) => {
  /** @param {readonly string[]} names */
  const missing = (names) => names.filter((name) => !environment[name]).join(', ');
  if (platform === 'darwin') {
    const identity = missing(['CSC_LINK', 'CSC_KEY_PASSWORD']);
    if (identity !== '')
      return `The app is neither signed nor notarised: ${identity} is not set (a Developer ID certificate). macOS will refuse to open it for other people.`;
    const byPassword = missing(['APPLE_ID', 'APPLE_APP_SPECIFIC_PASSWORD', 'APPLE_TEAM_ID']);
    const byKey = missing(['APPLE_API_KEY', 'APPLE_API_KEY_ID', 'APPLE_API_ISSUER']);
    if (byPassword !== '' && byKey !== '')
      return `The app is signed but not notarised: set ${byKey}, or ${byPassword}. macOS will warn other people.`;
    return undefined;
  }
  if (platform === 'win32') {
    const names = environment['WIN_CSC_LINK']
      ? ['WIN_CSC_KEY_PASSWORD']
      : environment['CSC_LINK']
        ? ['CSC_KEY_PASSWORD']
        : ['WIN_CSC_LINK', 'WIN_CSC_KEY_PASSWORD'];
    const certificate = missing(names);
    if (certificate !== '')
      return `The installer is not signed: ${certificate} is not set. Windows SmartScreen will warn other people.`;
  }
  return undefined;
};
