package dev.keratin.backend.ir;

import dev.keratin.backend.DType;
import dev.keratin.backend.TensorType;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** Reads types as they are printed. */
final class Types {
    private static final Pattern TYPE = Pattern.compile("(\\w+)\\[([^\\]]*)\\]");

    private Types() {}

    /** All in a text such as {@code "float32[2, 3] int32[]"}. */
    static List<TensorType> of(String text) {
        List<TensorType> types = new ArrayList<>();
        Matcher matcher = TYPE.matcher(text);
        while (matcher.find()) {
            long[] dims = Stream.of(matcher.group(2).split(",")).map(String::trim).filter(part -> !part.isEmpty())
                    .mapToLong(Long::parseLong).toArray();
            types.add(TensorType.of(DType.of(matcher.group(1)), dims));
        }
        return types;
    }
}
