# Removes what after-install.sh made. Nothing in a home directory is touched.
installed="${DPKG_ROOT:-}/etc/apparmor.d/ncp-scheduler"
if [ -e "$installed" ]; then
  if [ -z "${DPKG_ROOT:-}" ] && [ -d /sys/kernel/security/apparmor ] && command -v apparmor_parser >/dev/null 2>&1; then
    apparmor_parser --remove "$installed" ||
      echo "ncp-scheduler: AppArmor keeps the profile ncp-scheduler until the next start of the machine." >&2
  fi
  rm -f "$installed"
fi
