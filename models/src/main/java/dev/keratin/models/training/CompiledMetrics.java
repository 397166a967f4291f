package dev.keratin.models.training;

import dev.keratin.Tensor;
import dev.keratin.metrics.Metric;
import dev.keratin.metrics.Metrics;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** The metrics of all outputs; names such as "accuracy" are resolved when the first batch shows what the data is like. */
final class CompiledMetrics {
    private final List<String> outputs;
    private final List<List<Object>> plain;
    private final List<List<Object>> weighted;
    private @Nullable List<List<Metric>> resolvedPlain;
    private @Nullable List<List<Metric>> resolvedWeighted;
    private final Map<Metric, String> logNames = new IdentityHashMap<>();

    CompiledMetrics(Compilation compilation, List<String> outputs) {
        this.outputs = outputs;
        this.plain = compilation.metrics(outputs);
        this.weighted = compilation.weightedMetrics(outputs);
        Stream.of(plain, weighted).flatMap(List::stream).flatMap(List::stream).forEach(CompiledMetrics::requireKnown);
    }

    private static void requireKnown(Object metric) {
        if (metric instanceof String) {
            Metrics.requireKnown((String) metric);
        } else if (!(metric instanceof Metric)) {
            throw new IllegalArgumentException("compile: a metric or its name is required. Received: " + metric
                    + ". Write \"accuracy\", or new MeanAbsoluteError().");
        }
    }

    void update(List<Tensor> yTrue, List<Tensor> yPred, List<Tensor> sampleWeights) {
        List<List<Metric>> unweightedMetrics = resolvedPlain;
        List<List<Metric>> weightedMetrics = resolvedWeighted;
        if (unweightedMetrics == null || weightedMetrics == null) {
            unweightedMetrics = resolve(plain, yTrue, yPred);
            weightedMetrics = resolve(weighted, yTrue, yPred);
            resolvedPlain = unweightedMetrics;
            resolvedWeighted = weightedMetrics;
            nameAll();
        }
        for (int i = 0; i < Math.min(yTrue.size(), outputs.size()); i++) {
            for (Metric metric : unweightedMetrics.get(i)) {
                metric.updateState(yTrue.get(i), yPred.get(i), yPred.get(i).mask());
            }
            for (Metric metric : weightedMetrics.get(i)) {
                metric.updateState(yTrue.get(i), yPred.get(i), CompiledLoss.weightOf(sampleWeights, i));
            }
        }
    }

    /** All metrics; none before the first batch. */
    List<Metric> metrics() {
        List<Metric> all = new ArrayList<>();
        if (resolvedPlain != null) {
            resolvedPlain.forEach(all::addAll);
        }
        if (resolvedWeighted != null) {
            resolvedWeighted.forEach(all::addAll);
        }
        return all;
    }

    /** The name that a metric's result has in logs: its own, behind the output's if there are several. */
    String logName(Metric metric) {
        return logNames.getOrDefault(metric, metric.name());
    }

    /** The second metric of a name gets {@code _1} behind it, the third {@code _2}. */
    private void nameAll() {
        Set<String> taken = new HashSet<>(Set.of("loss"));
        for (List<List<Metric>> all : List.of(Objects.requireNonNull(resolvedPlain), Objects.requireNonNull(resolvedWeighted))) {
            for (int i = 0; i < outputs.size(); i++) {
                String prefix = outputs.size() == 1 ? "" : outputs.get(i) + "_";
                all.get(i).forEach(metric -> logNames.computeIfAbsent(metric, each -> unique(prefix + each.name(), taken)));
            }
        }
    }

    private static String unique(String name, Set<String> taken) {
        String free = name;
        for (int i = 1; !taken.add(free); i++) {
            free = name + "_" + i;
        }
        return free;
    }

    private List<List<Metric>> resolve(List<List<Object>> given, List<Tensor> yTrue, List<Tensor> yPred) {
        List<List<Metric>> resolved = new ArrayList<>();
        for (int i = 0; i < given.size(); i++) {
            List<Metric> metrics = new ArrayList<>();
            for (Object each : given.get(i)) {
                metrics.add(resolve(each, i, yTrue, yPred));
            }
            resolved.add(metrics);
        }
        return resolved;
    }

    private Metric resolve(Object given, int output, List<Tensor> yTrue, List<Tensor> yPred) {
        return given instanceof Metric ? (Metric) given
                : Metrics.resolve((String) given, yTrue.get(output).type(), yPred.get(output).type());
    }
}
