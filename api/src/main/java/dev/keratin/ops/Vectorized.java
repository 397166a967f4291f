package dev.keratin.ops;

import dev.keratin.Ops;
import dev.keratin.Tensor;
import dev.keratin.backend.Shape;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.UnaryOperator;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** A function that is run for each element of the axes before those its signature names. */
final class Vectorized {
    private static final String AXES = "\\(\\w*(?:,\\w+)*\\)";
    private static final Pattern SIDE = Pattern.compile(AXES + "(?:," + AXES + ")*");

    private final UnaryOperator<List<Tensor>> function;
    private final String signature;
    private final Set<Integer> excluded;
    private final List<List<String>> taken;
    private final List<List<String>> given;

    Vectorized(UnaryOperator<List<Tensor>> function, String signature, Set<Integer> excluded) {
        this.function = function;
        this.signature = signature;
        this.excluded = excluded;
        String[] sides = signature.replaceAll("\\s", "").split("->", -1);
        if (sides.length != 2 || !Stream.of(sides).allMatch(side -> SIDE.matcher(side).matches())) {
            throw refused("a signature such as \"(m,n),(n)->(m)\" is", "nothing else");
        }
        this.taken = axes(sides[0]);
        this.given = axes(sides[1]);
    }

    private static List<List<String>> axes(String side) {
        return Stream.of(side.substring(1, side.length() - 1).split("\\),\\(", -1))
                .map(names -> names.isEmpty() ? List.<String>of() : List.of(names.split(","))).toList();
    }

    List<Tensor> call(List<Tensor> inputs) {
        List<Tensor> looped = new ArrayList<>();
        for (int i = 0; i < inputs.size(); i++) {
            if (!excluded.contains(i)) {
                looped.add(inputs.get(i));
            }
        }
        Shape common = common(looped);
        List<Tensor> rows = new ArrayList<>();
        for (int i = 0; i < looped.size(); i++) {
            Shape inner = inner(looped.get(i), taken.get(i));
            Tensor stretched = Ops.broadcastTo(looped.get(i), common.concat(inner));
            rows.add(Ops.reshape(stretched, Shape.of(common.size()).concat(inner)));
        }
        List<Tensor> results = new ArrayList<>();
        for (Tensor each : Ops.map(slices -> function.apply(merged(inputs, slices)), rows)) {
            results.add(Ops.reshape(each, common.concat(each.shape().subShape(1, each.rank()))));
        }
        requireNamed(results, given, lengths(looped));
        return results;
    }

    /** The inputs with slices in place of those that are not excluded. */
    private List<Tensor> merged(List<Tensor> inputs, List<Tensor> slices) {
        List<Tensor> all = new ArrayList<>();
        int next = 0;
        for (int i = 0; i < inputs.size(); i++) {
            all.add(excluded.contains(i) ? inputs.get(i) : slices.get(next++));
        }
        return all;
    }

    private Shape common(List<Tensor> looped) {
        lengths(looped);
        Shape common = Shape.of();
        for (int i = 0; i < looped.size(); i++) {
            Tensor each = looped.get(i);
            common = Shape.broadcast(common, each.shape().subShape(0, each.rank() - taken.get(i).size()));
        }
        return common;
    }

    private Map<String, Long> lengths(List<Tensor> looped) {
        Map<String, Long> lengths = new HashMap<>();
        if (looped.isEmpty()) {
            throw refused("at least one input that is not excluded is", "none");
        }
        requireNamed(looped, taken, lengths);
        return lengths;
    }

    /** Holds the last axes of tensors to the lengths that their names have, and notes those of new names. */
    private void requireNamed(List<Tensor> tensors, List<List<String>> names, Map<String, Long> lengths) {
        boolean fits = tensors.size() == names.size();
        for (int i = 0; fits && i < tensors.size(); i++) {
            List<String> own = names.get(i);
            fits = tensors.get(i).rank() >= own.size();
            for (int axis = 0; fits && axis < own.size(); axis++) {
                long length = inner(tensors.get(i), own).dim(axis);
                Long known = lengths.putIfAbsent(own.get(axis), length);
                fits = known == null || known == length;
            }
        }
        if (!fits) {
            throw refused("tensors with the axes of the signature are", tensors.stream().map(Tensor::type).toList().toString());
        }
    }

    private static Shape inner(Tensor x, List<String> names) {
        return x.shape().subShape(x.rank() - names.size(), x.rank());
    }

    private IllegalArgumentException refused(String required, String received) {
        return new IllegalArgumentException("vectorize: " + required + " required. Received: \"" + signature + "\" and " + received
                + ". Equal names stand for equal lengths.");
    }
}
