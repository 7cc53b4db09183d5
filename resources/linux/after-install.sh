# Installs the AppArmor profile where AppArmor knows its rule (4.0 and newer). An older AppArmor would report an error at
# each start of the machine, and does not restrict user namespaces.
profile="${DPKG_ROOT:-}/usr/lib/ncp-scheduler/apparmor-profile"
installed="${DPKG_ROOT:-}/etc/apparmor.d/ncp-scheduler"
if command -v apparmor_parser >/dev/null 2>&1 &&
  apparmor_parser --skip-kernel-load --skip-cache "$profile" >/dev/null 2>&1; then
  mkdir -p "${installed%/*}"
  cp "$profile" "$installed"
  chmod 644 "$installed"
  # The kernel of a container or of another root does not take profiles; the file counts at the next start.
  if [ -z "${DPKG_ROOT:-}" ] && [ -d /sys/kernel/security/apparmor ]; then
    apparmor_parser --replace "$installed" ||
      echo "ncp-scheduler: AppArmor did not load $installed; restart the machine if the window does not open." >&2
  fi
fi
