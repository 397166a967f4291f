# What became of tests, by the class and the group that they stand in, from the lines that JUnit's console prints for each of them:
# "JUnit Jupiter > Class > method() > group > test :: SUCCESSFUL". A test that started and didn't end is where Java died.
/ :: STARTED$/ { running = substr($0, 1, length($0) - 11) }
/ :: (SUCCESSFUL|FAILED|ABORTED|SKIPPED)/ {
  at = match($0, / :: (SUCCESSFUL|FAILED|ABORTED|SKIPPED)/)
  name = substr($0, 1, at - 1)
  outcome = substr($0, at + 4, 1)
  parts = split(name, part, " > ")
  group = parts < 4 ? name : part[2] == "DeviceConformanceTest" ? part[4] : part[2] " " part[3]
  if (!seen[group]++) order[++groups] = group
  count[group, outcome]++
  all[outcome]++
  if (outcome == "F" && all["F"] <= 20) first[all["F"]] = name
  if (name == running) running = ""
}
function line(name, passed, failed, skipped) { printf "%-72.72s %7d %7d %7d\n", name, passed, failed, skipped }
END {
  printf "%-72s %7s %7s %7s\n", "", "passed", "failed", "skipped"
  for (i = 1; i <= groups; i++) line(order[i], count[order[i], "S"] , count[order[i], "F"], count[order[i], "A"])
  line("all", all["S"], all["F"], all["A"])
  for (i = 1; i in first; i++) print "failed: " first[i]
  if (status > 1) print "Java ended with " status (running == "" ? "" : " in: " running)
  exit all["S"] == 0 || all["F"] > 0 || status != 0
}
