/** @typedef {import('../manifests.mjs').Release} Release */

/** Text in single quotes. @param {string} text */
const quoted = (text) => `'${text.replaceAll("'", "'\\''")}'`;

/**
 * Returns the recipe of the AUR for the .tar.gz, whose folders are those below `/usr`, and its index.
 * @param {Release} release
 * @returns {Record<string, string>}
 */
export const aurFiles = ({ facts, file }) => {
  const archive = file('-linux-x64', '.tar.gz');
  if (archive === null) return {};
  // A version of the AUR has no hyphen: it would begin the number of the recipe.
  const version = facts.version.replaceAll('-', '_');
  const name = `${facts.name}-bin`;
  const depends = ['alsa-lib', 'gtk3', 'libnotify', 'nss', 'xdg-utils'];
  const optional = 'libsecret: the keychain for stored secrets';
  const recipe = `# Maintainer: ${facts.author}
pkgname=${name}
pkgver=${version}
pkgrel=1
pkgdesc=${quoted(facts.description)}
arch=('x86_64')
url=${quoted(facts.homepage)}
license=(${quoted(facts.license)})
depends=(${depends.map(quoted).join(' ')})
optdepends=(${quoted(optional)})
provides=(${quoted(facts.name)})
conflicts=(${quoted(facts.name)})
options=('!strip')
source=(${quoted(archive.url)})
sha256sums=(${quoted(archive.sha256)})

package() {
  install -d "$pkgdir/usr"
  local folder
  for folder in bin lib share; do
    cp -a "$srcdir"/*/"$folder" "$pkgdir/usr/"
  done
  chmod 4755 "$pkgdir/usr/lib/${facts.name}/chrome-sandbox"
  install -Dm644 "$pkgdir/usr/lib/${facts.name}/resources/LICENSE.txt" "$pkgdir/usr/share/licenses/$pkgname/LICENSE"
}
`;
  const index = [
    `pkgbase = ${name}`,
    `\tpkgdesc = ${facts.description}`,
    `\tpkgver = ${version}`,
    '\tpkgrel = 1',
    `\turl = ${facts.homepage}`,
    '\tarch = x86_64',
    `\tlicense = ${facts.license}`,
    ...depends.map((one) => `\tdepends = ${one}`),
    `\toptdepends = ${optional}`,
    `\tprovides = ${facts.name}`,
    `\tconflicts = ${facts.name}`,
    '\toptions = !strip',
    `\tsource = ${archive.url}`,
    `\tsha256sums = ${archive.sha256}`,
    '',
    `pkgname = ${name}`,
    '',
  ];
  return { [`aur/${name}/PKGBUILD`]: recipe, [`aur/${name}/.SRCINFO`]: index.join('\n') };
};
