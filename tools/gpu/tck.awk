# The families of the conformance suite, with what became of their cases, from the tree that JUnit's console prints.
{ at = index($0, "-- ") }
at == 6 && /\[A\]/ { print substr($0, 9) }
at == 8 { family = substr($0, 11); sub(/ \[(OK|X|A)\].*$/, "", family); order[++families] = family }
at == 10 && /\[OK\]/ { passed[family]++; all_passed++ }
at == 10 && /\[A\]/ { known[family]++; all_known++ }
at == 10 && /\[X\]/ { failed[family]++; all_failed++; if (all_failed <= 20) first[all_failed] = substr($0, 13) }
END {
  printf "%-44s %7s %7s %7s\n", "family", "passed", "failed", "known"
  for (i = 1; i <= families; i++) printf "%-44s %7d %7d %7d\n", order[i], passed[order[i]], failed[order[i]], known[order[i]]
  printf "%-44s %7d %7d %7d\n", "all", all_passed, all_failed, all_known
  for (i = 1; i in first; i++) print "failed: " first[i]
}
