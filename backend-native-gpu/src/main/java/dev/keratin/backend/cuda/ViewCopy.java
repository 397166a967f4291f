package dev.keratin.backend.cuda;

import dev.keratin.backend.TensorType;
import java.util.stream.IntStream;
import java.util.stream.LongStream;

/**
 * A copy of the elements of a tensor between strided views: of whole packs where neighbours stay neighbours, by way of tiles in
 * shared memory where they become neighbours along another axis.
 */
record ViewCopy(TensorType type, Slot from, long[] fromStrides, Slot to, long[] toStrides) {
    /** Lengths of axes that are worth a tile. */
    private static final long LEAST = 8;

    void write(String what, Code code) {
        Joined joined = Joined.of(type.shape().dims(), fromStrides, toStrides);
        int along = IntStream.range(0, joined.rank() - 1).filter(axis -> joined.strides(0)[axis] == 1).findFirst().orElse(-1);
        int last = joined.rank() - 1;
        boolean turned = along >= 0 && joined.strides(1)[last] == 1 && joined.strides(0)[last] > 1
                && Math.min(joined.lengths()[along], joined.lengths()[last]) >= LEAST;
        if (turned) {
            tiles(joined, along, what, code);
        } else {
            packs(joined, what, code);
        }
    }

    private void packs(Joined joined, String what, Code code) {
        int width = Packs.moved(type.dtype().byteSize(), joined.neighbours(), code, from, to);
        String element = CTypes.moved(width * type.dtype().byteSize());
        KernelBuilder kernel = new KernelBuilder("strided", "strided.cuh");
        strided(kernel, kernel.pointer(from, "const " + element), kernel.pointer(to, element), joined.inPacks(width));
        kernel.launch(Geometry.loop(type.shape().size() / width), what, code);
    }

    /** Writes the call that copies between two places. */
    static void strided(KernelBuilder kernel, String source, String target, Joined views) {
        long count = LongStream.of(views.lengths()).reduce(1, (a, b) -> a * b);
        kernel.within(count, views.reach(0), views.reach(1));
        kernel.line("strided(" + source + ", " + target + ", " + kernel.number(count) + ", " + kernel.divisors(views.lengths()) + ", "
                + kernel.numbers(views.strides(0)) + ", " + kernel.numbers(views.strides(1)) + ");");
    }

    private void tiles(Joined joined, int along, String what, Code code) {
        int last = joined.rank() - 1;
        long length = joined.lengths()[along];
        long across = joined.lengths()[last];
        Joined others = joined.without(along, last);
        String element = CTypes.moved(type.dtype());
        KernelBuilder kernel = new KernelBuilder("transpose", "transpose.cuh")
                .within(type.shape().size(), joined.reach(0), joined.reach(1));
        long tiles = type.shape().size() / length / across * Geometry.tiles(length) * Geometry.tiles(across);
        kernel.line("transpose(" + String.join(", ", kernel.pointer(from, "const " + element), kernel.pointer(to, element),
                kernel.number(tiles), kernel.numbers(length, joined.strides(1)[along], Geometry.tiles(length)),
                kernel.numbers(across, joined.strides(0)[last], Geometry.tiles(across)), kernel.divisors(others.lengths()),
                kernel.numbers(others.strides(0)), kernel.numbers(others.strides(1))) + ");");
        kernel.launch(Geometry.tiled(tiles), what, code);
    }
}
