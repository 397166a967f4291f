package dev.keratin.backend.ir;

import java.util.Locale;

/** Names of ops for people. */
final class OpLabels {
    private OpLabels() {}

    static String of(Op op) {
        if (op instanceof Unary unary) {
            return camelCase(unary.kind());
        }
        if (op instanceof Binary binary) {
            return camelCase(binary.kind());
        }
        if (op instanceof Compare compare) {
            return camelCase(compare.kind());
        }
        if (op instanceof Reduce reduce) {
            return "reduce" + capital(camelCase(reduce.kind()));
        }
        String name = op.getClass().getSimpleName();
        return name.substring(0, 1).toLowerCase(Locale.ROOT) + name.substring(1);
    }

    private static String capital(String word) {
        return word.substring(0, 1).toUpperCase(Locale.ROOT) + word.substring(1);
    }

    private static String camelCase(Enum<?> kind) {
        StringBuilder result = new StringBuilder();
        for (String word : kind.name().toLowerCase(Locale.ROOT).split("_")) {
            result.append(result.length() == 0 ? word : capital(word));
        }
        return result.toString();
    }
}
