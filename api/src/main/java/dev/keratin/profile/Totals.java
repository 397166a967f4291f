package dev.keratin.profile;

import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;

/** What each op took in all its runs. Safe for use by several threads. */
final class Totals {
    private final Map<OpFacts, Total> totals = new LinkedHashMap<>();

    /** Sums over all runs of one op. */
    private static final class Total {
        private long count;
        private long nanoseconds;
    }

    synchronized void add(OpFacts facts, long nanoseconds) {
        Total total = totals.computeIfAbsent(facts, key -> new Total());
        total.count++;
        total.nanoseconds += nanoseconds;
    }

    synchronized String table() {
        long all = totals.values().stream().mapToLong(total -> total.nanoseconds).sum();
        return String.format(Locale.ROOT, "%10s %6s %7s %9s %7s  %s%n", "ms", "share", "runs", "GFLOP/s", "GB/s", "op")
                + totals.entrySet().stream()
                        .sorted(Comparator.comparing(entry -> -entry.getValue().nanoseconds))
                        .map(entry -> line(entry.getKey(), entry.getValue(), all))
                        .collect(Collectors.joining());
    }

    private static String line(OpFacts facts, Total total, long all) {
        return String.format(Locale.ROOT, "%10.3f %5.1f%% %7d %9.1f %7.1f  %s -> %s  %s%n", total.nanoseconds * 1e-6,
                100.0 * total.nanoseconds / Math.max(1, all), total.count, rate(facts.flops(), total), rate(facts.bytes(), total),
                facts.name(), String.join(", ", facts.results()), String.join(" ", facts.layers()));
    }

    /** Billions a second. */
    private static double rate(long amount, Total total) {
        return (double) amount * total.count / Math.max(1, total.nanoseconds);
    }
}
