/** @typedef {import('../manifests.mjs').Release} Release */

/** Text in double quotes, in which Ruby would otherwise replace `#{…}`. @param {string} text */
const quoted = (text) => `"${text.replaceAll(/["\\#]/g, '\\$&')}"`;

/**
 * Returns the formula (command line, from the npm package) and the cask (the app, from its dmg).
 * @param {Release} release
 */
export const homebrewFiles = (release) => ({ ...formula(release), ...cask(release) });

/** @param {Release} release @returns {Record<string, string>} */
const formula = ({ facts, file }) => {
  const npm = file(`${facts.name}-${facts.version}`, '.tgz');
  if (npm === null) return {};
  return {
    [`homebrew/Formula/${facts.name}.rb`]: `class ${classOf(facts.name)} < Formula
  desc ${quoted(facts.description)}
  homepage ${quoted(facts.homepage)}
  url ${quoted(npm.url)}
  sha256 ${quoted(npm.sha256)}
  license ${quoted(facts.license)}

  depends_on "node"

  def install
    system "npm", "install", *std_npm_args
    bin.install_symlink libexec.glob("bin/*")
  end

  def caveats
    <<~EOS
      Before you uninstall it, remove its entries of the OS scheduler:
        ${facts.name} uninstall
    EOS
  end

  test do
    assert_match version.to_s, shell_output("#{bin}/${facts.name} --version")
    ENV["NCP_SCHEDULER_DIR"] = testpath/"data"
    assert_match "weekdays-9am", shell_output("#{bin}/${facts.name} parse --json 'every weekday at 9am'")
  end
end
`,
  };
};

/** @param {string} name */
const classOf = (name) => name.replaceAll(/(?:^|-)(\w)/g, (_, letter) => letter.toUpperCase());

/** @param {Release} release @returns {Record<string, string>} */
const cask = ({ facts, file }) => {
  const [arm, intel] = [file('-mac-arm64', '.dmg'), file('-mac-x64', '.dmg')];
  if (arm === null && intel === null) return {};
  const only = arm === null ? 'x86_64' : 'arm64';
  const hashes =
    arm !== null && intel !== null
      ? `  arch arm: "arm64", intel: "x64"\n\n  version ${quoted(facts.version)}\n  sha256 arm:   ${quoted(arm.sha256)},\n         intel: ${quoted(intel.sha256)}\n`
      : `  version ${quoted(facts.version)}\n  sha256 ${quoted((arm ?? intel)?.sha256 ?? '')}\n`;
  const architecture = arm !== null && intel !== null ? '#{arch}' : only === 'arm64' ? 'arm64' : 'x64';
  const one = arm !== null && intel !== null ? '' : `\n  depends_on arch: :${only}`;
  return {
    [`homebrew/Casks/${facts.name}-app.rb`]: `cask "${facts.name}-app" do
${hashes}
  url "${facts.releases}/v#{version}/${facts.name}-#{version}-mac-${architecture}.dmg"
  name ${quoted(facts.productName)}
  desc ${quoted(facts.description)}
  homepage ${quoted(facts.homepage)}
${one}
  app ${quoted(`${facts.productName}.app`)}

  uninstall quit: "org.ncp-scheduler.app"

  zap trash: "~/.ncp/scheduler"
end
`.replaceAll(/\n{3,}/g, '\n\n'),
  };
};
