package dev.keratin.backend.ir;

import java.util.List;
import java.util.function.Function;
import java.util.stream.Collectors;

/** Short immutable lists, made without the streams that would cost more than they hold. */
final class Lists {
    private Lists() {}

    /** The images of a list's elements, none of them null. */
    static <A, B> List<B> map(List<A> list, Function<? super A, ? extends B> image) {
        return switch (list.size()) {
            case 0 -> List.of();
            case 1 -> List.of(image.apply(list.get(0)));
            case 2 -> List.of(image.apply(list.get(0)), image.apply(list.get(1)));
            default -> list.stream().<B>map(image).collect(Collectors.toUnmodifiableList());
        };
    }
}
