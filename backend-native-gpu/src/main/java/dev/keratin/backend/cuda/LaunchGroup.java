package dev.keratin.backend.cuda;

import dev.keratin.backend.cuda.Launch.Argument;
import java.io.ByteArrayOutputStream;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Makes one launch of several that don't need each other: each is a row of blocks of its own. Those that differ in their
 * arguments only share their text and take them from a table.
 */
final class LaunchGroup {
    /** Headers that go together in any order in which each comes behind those that it needs. */
    static final List<String> HEADERS = List.of(Launch.NARROW, "kernel.cuh", "elementwise.cuh", "reduce.cuh", "strided.cuh", "transpose.cuh",
            "sources.cuh", "indices.cuh", "weights.cuh");
    /** Of a parameter that threads index where it lies; without it the compiler may give each thread a copy in memory. */
    private static final String IN_PLACE = "const __grid_constant__ ";
    private static final int DIGITS = 12;

    private final StringBuilder structs = new StringBuilder();
    private final StringBuilder body = new StringBuilder();
    private final List<Argument> tables = new ArrayList<>();
    private int rows;

    private LaunchGroup() {}

    /** One launch of all of some, at least two, whose blocks have the same shape. */
    static Launch of(List<Launch> launches) {
        Map<String, List<Launch>> forms = launches.stream().collect(Collectors.groupingBy(LaunchGroup::form, LinkedHashMap::new,
                Collectors.toList()));
        LaunchGroup group = new LaunchGroup();
        forms.values().forEach(group::add);
        Set<String> headers = launches.stream().flatMap(launch -> launch.headers().stream()).collect(Collectors.toCollection(LinkedHashSet::new));
        String digest = Digest.of(group.structs.toString() + group.body).substring(0, DIGITS);
        long blocks = launches.stream().mapToLong(launch -> launch.geometry().blocks()).max().orElseThrow();
        Geometry first = launches.get(0).geometry();
        String what = launches.size() + " launches at once, the first " + launches.get(0).family() + " " + launches.get(0).what();
        return new Launch("group", List.copyOf(headers), group.structs.toString().replace("@", digest), group.tables.stream()
                .map(table -> new Argument(table.type().replace("@", digest), table.value(), table.patches())).toList(),
                group.body.toString().replace("@", digest), new Geometry(blocks, launches.size(), first.threads(), first.threadsY()), what);
    }

    /** Whether a launch can be one of several. */
    static boolean accepts(Launch launch) {
        return HEADERS.containsAll(launch.headers()) && launch.geometry().blocksY() == 1;
    }

    /** What is the same for launches that share their text. */
    static String form(Launch launch) {
        return launch.headers() + launch.arguments().stream().map(Argument::type).collect(Collectors.joining(",")) + launch.body();
    }

    /** Launches of one form; {@code @} stands for a name that is this group's own. */
    private void add(List<Launch> launches) {
        int form = tables.size();
        String arguments = "Arguments@_" + form;
        String table = "Table@_" + form;
        List<String> types = launches.get(0).arguments().stream().map(Argument::type).toList();
        structs.append("struct ").append(arguments).append(" {\n");
        for (int i = 0; i < types.size(); i++) {
            structs.append("  alignas(8) ").append(field(types.get(i))).append(' ').append(Launch.name(i)).append(";\n");
        }
        structs.append("};\nstruct ").append(table).append(" {\n  ").append(arguments).append(" at[").append(launches.size()).append("];\n};\n");
        body.append(form == 0 ? "  " : "  else ").append("if (blockIdx.y < ").append(rows + launches.size()).append(") {\n  const ")
                .append(arguments).append("& of = ").append(Launch.name(form)).append(".at[blockIdx.y - ").append(rows).append("];\n");
        for (int i = 0; i < types.size(); i++) {
            body.append("  ").append(types.get(i)).append(' ').append(Launch.name(i)).append(" = of.").append(Launch.name(i)).append(";\n");
        }
        body.append(launches.get(0).body()).append("  }\n");
        rows += launches.size();
        tables.add(joined(IN_PLACE + table, launches));
    }

    /** The type of an argument as a field that is copied. */
    private static String field(String type) {
        return type.contains("*") || !type.startsWith("const ") ? type : type.substring("const ".length());
    }

    private static Argument joined(String type, List<Launch> launches) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        List<Argument.Patch> patches = new ArrayList<>();
        for (Launch launch : launches) {
            for (Argument argument : launch.arguments()) {
                int position = bytes.size();
                argument.patches().forEach(patch -> patches.add(patch.moved(position)));
                bytes.writeBytes(argument.value());
            }
        }
        return new Argument(type, bytes.toByteArray(), patches);
    }
}
