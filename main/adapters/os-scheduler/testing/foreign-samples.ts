/** Typical content of people's schedulers. */
export const crontabSample = `# Edit this file to introduce tasks to be run by cron.
#
# m h  dom mon dow   command
SHELL=/bin/bash
MAILTO=kim@example.org
PATH=/usr/local/bin:/usr/bin:/bin

# Nightly backup
30 2 * * * restic backup ~
*/5 * * * 1-5 /home/kim/bin/check.sh --quiet
# 0 4 * * * switched-off
0 0 1 * * date +\\%F | mail -s "Month \\%" kim%Dear Kim,%it is a new month.
@reboot /home/kim/bin/start.sh
@daily python3 /home/kim/report.py
0 9 */2 * 1 both
0 9 1-7 * */1 first week
61 * * * * wrong
# >>> NCP SCHEDULER >>> written by the app; edit tasks there, not here
# ncp-scheduler v1 daily-9am: 0 9 * * * UTC | Daily
0 9 * * * /usr/bin/env -i /opt/ncp _timing-run daily-9am >/dev/null 2>&1
# <<< NCP SCHEDULER <<<
# === NCP SCHEDULED JOBS - DO NOT EDIT MANUALLY ===
# NCP_JOB: abc
0 9 * * * old
# === END NCP SCHEDULED JOBS ===
`;

export const timerSample = `[Unit]
Description=Backs up the home folder

[Timer]
OnCalendar=Mon..Fri *-*-* 09,17:30
OnCalendar=Sat 10:00
Persistent=true
RandomizedDelaySec=5min

[Install]
WantedBy=timers.target
`;
export const serviceSample = `[Service]
Type=oneshot
WorkingDirectory=%h/backup
Environment="TARGET=/mnt/disk one" LEVEL=3
ExecStart=/usr/bin/restic --verbose=\${LEVEL} \\
  backup "%h/my documents" $TARGET
TimeoutStartSec=1h 30min
Nice=5
`;

export const agentSample = `<?xml version="1.0" encoding="UTF-8"?>
<!DOCTYPE plist PUBLIC "-//Apple//DTD PLIST 1.0//EN" "http://www.apple.com/DTDs/PropertyList-1.0.dtd">
<plist version="1.0">
<dict>
  <key>Label</key><string>org.example.backup</string>
  <key>ProgramArguments</key><array><string>/usr/local/bin/restic</string><string>backup</string></array>
  <key>StartCalendarInterval</key>
  <array>
    <dict><key>Weekday</key><integer>1</integer><key>Hour</key><integer>9</integer><key>Minute</key><integer>0</integer></dict>
    <dict><key>Weekday</key><integer>3</integer><key>Hour</key><integer>9</integer><key>Minute</key><integer>0</integer></dict>
  </array>
  <key>RunAtLoad</key><true/>
  <key>EnvironmentVariables</key><dict><key>LEVEL</key><string>3</string></dict>
  <key>Nice</key><integer>10</integer>
</dict>
</plist>
`;

export const taskSample = `<?xml version="1.0" encoding="UTF-16"?>
<Task version="1.2" xmlns="http://schemas.microsoft.com/windows/2004/02/mit/task">
  <RegistrationInfo><Description>Backs up &amp; prunes</Description><URI>\\Backup</URI></RegistrationInfo>
  <Triggers>
    <CalendarTrigger>
      <StartBoundary>2024-05-01T08:15:00</StartBoundary>
      <Repetition><Interval>PT30M</Interval><Duration>PT2H</Duration></Repetition>
      <RandomDelay>PT1M</RandomDelay>
      <ScheduleByWeek><WeeksInterval>1</WeeksInterval><DaysOfWeek><Monday /><Friday /></DaysOfWeek></ScheduleByWeek>
    </CalendarTrigger>
    <LogonTrigger />
  </Triggers>
  <Principals><Principal id="Author"><RunLevel>HighestAvailable</RunLevel></Principal></Principals>
  <Settings>
    <MultipleInstancesPolicy>Queue</MultipleInstancesPolicy>
    <DisallowStartIfOnBatteries>true</DisallowStartIfOnBatteries>
    <StartWhenAvailable>true</StartWhenAvailable>
    <ExecutionTimeLimit>PT4H</ExecutionTimeLimit>
    <RestartOnFailure><Interval>PT5M</Interval><Count>3</Count></RestartOnFailure>
  </Settings>
  <Actions><Exec>
    <Command>C:\\Program Files\\restic\\restic.exe</Command>
    <Arguments>backup "C:\\My Documents" --tag a\\"b</Arguments>
    <WorkingDirectory>C:\\Users\\kim</WorkingDirectory>
  </Exec></Actions>
</Task>
`;
