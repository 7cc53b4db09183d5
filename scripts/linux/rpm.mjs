// Makes the .rpm with rpmbuild, from the same tree as the .deb. rpmbuild finds the needed libraries itself.
import { mkdirSync, readFileSync, readdirSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { run } from '../setup/command.mjs';
import { inProject, readPackage } from '../setup/project.mjs';
import { letSandboxHelperRun } from './deb.mjs';
import { layOut } from './tree.mjs';

/** Returns rpm's name of this processor. */
const rpmArchitecture = () => (process.arch === 'x64' ? 'x86_64' : 'aarch64');

/**
 * Makes the package and returns its path.
 * @param {string} app The unpacked app.
 * @param {string} output The folder for the package.
 * @param {{ compression?: string }} [options] `compression`: rpm's `_binary_payload`. Default: zstd, which RHEL 8, Fedora
 *   31, openSUSE Leap 15.2 and newer read.
 */
export const makeRpm = (app, output, { compression = 'w12.zstdio' } = {}) => {
  const work = join(output, '.rpm');
  rmSync(work, { recursive: true, force: true });
  const prefix = join(work, 'tree/usr');
  layOut(app, prefix, 'rpm');
  letSandboxHelperRun(prefix);
  mkdirSync(join(work, 'RPMS'), { recursive: true });
  const spec = join(work, 'ncp-scheduler.spec');
  writeFileSync(spec, specOf(join(work, 'tree'), compression));
  const define = [
    ['_topdir', work],
    ['_rpmfilename', '%{NAME}-%{VERSION}-%{RELEASE}.%{ARCH}.rpm'],
  ].flatMap(([name, value]) => ['--define', `${name} ${value}`]);
  run('rpmbuild', ['-bb', '--target', `${rpmArchitecture()}-linux`, ...define, spec], { quiet: true });
  const [name] = readdirSync(join(work, 'RPMS')).filter((file) => file.endsWith('.rpm'));
  if (name === undefined) throw new Error('rpmbuild made no package.');
  renameSync(join(work, 'RPMS', name), join(output, name));
  rmSync(work, { recursive: true, force: true });
  return join(output, name);
};

/** @param {string} file */
const script = (file) => readFileSync(inProject('resources/linux', file), 'utf8').replaceAll('%', '%%');

/**
 * @param {string} tree
 * @param {string} compression
 */
const specOf = (tree, compression) => {
  const { version, license, description, homepage } = readPackage();
  return `%define _binary_payload ${compression}
# The programs are finished: nothing is stripped, compressed or split off.
%global debug_package %{nil}
%global __os_install_post %{nil}
%global _build_id_links none
# Libraries of the app's own folder are neither offered to other packages nor looked for in them.
%global __provides_exclude_from ^/usr/lib/ncp-scheduler/.*$
%global __requires_exclude ^lib(ffmpeg|EGL|GLESv2|vk_swiftshader|vulkan)\\.so.*$

Name: ncp-scheduler
Version: ${version.replace('-', '~')}
Release: 1
Summary: Scheduler for recurring and one-off tasks
License: ${license}
${homepage === undefined ? '' : `URL: ${homepage}\n`}Requires: xdg-utils
Recommends: libnotify

%description
${description}

%install
cp -a "${tree}/." "%{buildroot}/"

%files
%defattr(-,root,root,-)
/usr/bin/ncp-scheduler
/usr/lib/ncp-scheduler
%attr(4755,root,root) /usr/lib/ncp-scheduler/chrome-sandbox
/usr/share/applications/ncp-scheduler.desktop
/usr/share/bash-completion/completions/ncp-scheduler
/usr/share/fish/vendor_completions.d/ncp-scheduler.fish
/usr/share/zsh/site-functions/_ncp-scheduler
%doc /usr/share/doc/ncp-scheduler
/usr/share/icons/hicolor/*/apps/ncp-scheduler.png
/usr/share/man/man1/ncp-scheduler.1.gz
/usr/share/metainfo/org.ncp_scheduler.app.metainfo.xml

%post
${script('after-install.sh')}
%preun
# 0: the last version is removed; 1: an upgrade.
[ "$1" = 0 ] || exit 0
${script('before-remove.sh')}
%postun
[ "$1" = 0 ] || exit 0
${script('after-remove.sh')}`;
};
