# Names the people whose tasks this program starts. Their entries, tasks and logs belong to them and stay.
passwd="${DPKG_ROOT:-}/etc/passwd"
people=""
while IFS=: read -r name _ _ _ _ home _; do
  home="${DPKG_ROOT:-}$home"
  for timer in "$home"/.config/systemd/user/ncp-scheduler-*.timer; do
    [ -e "$timer" ] && people="$people $name" && break
  done
  crontab="${DPKG_ROOT:-}/var/spool/cron/crontabs/$name"
  [ -e "$crontab" ] || crontab="${DPKG_ROOT:-}/var/spool/cron/$name"
  [ -f "$crontab" ] && grep -q '/ncp-scheduler.*_timing-run' "$crontab" && people="$people $name"
done <"$passwd"
people="$(printf '%s\n' $people | sort -u | tr '\n' ' ')"
if [ -n "${people% }" ]; then
  echo "ncp-scheduler: these users still have tasks that the system's scheduler starts: ${people% }."
  echo "Their tasks stop running. Their files stay in ~/.ncp/scheduler. To remove the entries too, install"
  echo "the package again and run \`ncp-scheduler os remove --all\` as each of them."
fi
