package dev.keratin;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A rearrangement in the notation of einops: names of axes, those that are merged in brackets. */
final class Rearrangement {
    private static final Pattern GROUP = Pattern.compile("\\(([^)]*)\\)|(\\S+)");

    private final String pattern;
    private final Map<String, Integer> given;

    Rearrangement(String pattern, Map<String, Integer> given) {
        this.pattern = pattern;
        this.given = given;
    }

    Tensor of(Tensor x) {
        String[] sides = pattern.split("->");
        List<List<String>> from = sides.length == 2 ? groups(sides[0]) : List.of();
        List<List<String>> to = sides.length == 2 ? groups(sides[1]) : List.of();
        if (from.size() != x.rank()) {
            throw refused("a pattern with one name or bracket for each axis, such as \"b h w c -> b (h w) c\", is required", x);
        }
        Map<String, Long> lengths = lengths(x, from);
        List<String> names = new ArrayList<>(lengths.keySet());
        List<String> wanted = to.stream().flatMap(List::stream).toList();
        if (wanted.size() != names.size() || !names.containsAll(wanted)) {
            throw refused("the same names on both sides are required", x);
        }
        long[] split = names.stream().mapToLong(lengths::get).toArray();
        long[] merged = to.stream().mapToLong(group -> group.stream().mapToLong(lengths::get).reduce(1, (a, b) -> a * b)).toArray();
        int[] order = wanted.stream().mapToInt(names::indexOf).toArray();
        Tensor parts = Ops.reshape(x, split);
        return Ops.reshape(order.length == 0 ? parts : Ops.transpose(parts, order), merged);
    }

    private Map<String, Long> lengths(Tensor x, List<List<String>> from) {
        Map<String, Long> lengths = new LinkedHashMap<>();
        for (int axis = 0; axis < from.size(); axis++) {
            long left = x.shape().dim(axis);
            String open = null;
            for (String name : from.get(axis)) {
                Integer known = given.get(name);
                lengths.put(name, known == null ? -1 : (long) known);
                left = known == null ? left : left / known;
                open = known == null ? name : open;
            }
            if (open != null) {
                lengths.put(open, left);
            }
            long product = from.get(axis).stream().mapToLong(lengths::get).reduce(1, (a, b) -> a * b);
            if (product != x.shape().dim(axis)) {
                throw refused("lengths whose product is the axis are required for " + from.get(axis), x);
            }
        }
        return lengths;
    }

    private static List<List<String>> groups(String side) {
        List<List<String>> groups = new ArrayList<>();
        Matcher matcher = GROUP.matcher(side);
        while (matcher.find()) {
            String inner = matcher.group(1);
            groups.add(inner == null ? List.of(matcher.group(2)) : inner.isBlank() ? List.of() : List.of(inner.strip().split("\\s+")));
        }
        return groups;
    }

    private IllegalArgumentException refused(String required, Tensor x) {
        return new IllegalArgumentException("rearrange: " + required + ". Received: \"" + pattern + "\", " + given + " for "
                + x.type() + ". Name each axis once on each side.");
    }
}
