package dev.keratin.applications;

import java.util.List;

/**
 * How large an {@link EfficientNetV2} is.
 *
 * @param size height and width of the images
 * @param width by which every number of filters is multiplied
 * @param depth by which every number of blocks is multiplied
 * @param normalizes whether pixels become those of mean 0 and variance 1 over ImageNet, and not from -1 to 1
 */
record EfficientNetV2Scale(int size, double width, double depth, boolean normalizes, int stem, List<Stage> stages) {
    /**
     * Blocks of one kind.
     *
     * @param fused whether a block has one convolution in place of a pointwise and a depthwise one, and doesn't weigh channels
     */
    record Stage(int repeats, int filters, int expansion, int strides, boolean fused) {
        private static Stage fused(int repeats, int filters, int expansion, int strides) {
            return new Stage(repeats, filters, expansion, strides, true);
        }

        private static Stage of(int repeats, int filters, int expansion, int strides) {
            return new Stage(repeats, filters, expansion, strides, false);
        }
    }

    /** B0 to B3. */
    static EfficientNetV2Scale b(int size, double width, double depth) {
        return new EfficientNetV2Scale(size, width, depth, true, 32, List.of(
                Stage.fused(1, 16, 1, 1), Stage.fused(2, 32, 4, 2), Stage.fused(2, 48, 4, 2),
                Stage.of(3, 96, 4, 2), Stage.of(5, 112, 6, 1), Stage.of(8, 192, 6, 2)));
    }

    static EfficientNetV2Scale small() {
        return new EfficientNetV2Scale(384, 1, 1, false, 24, List.of(
                Stage.fused(2, 24, 1, 1), Stage.fused(4, 48, 4, 2), Stage.fused(4, 64, 4, 2),
                Stage.of(6, 128, 4, 2), Stage.of(9, 160, 6, 1), Stage.of(15, 256, 6, 2)));
    }

    static EfficientNetV2Scale medium() {
        return new EfficientNetV2Scale(480, 1, 1, false, 24, List.of(
                Stage.fused(3, 24, 1, 1), Stage.fused(5, 48, 4, 2), Stage.fused(5, 80, 4, 2),
                Stage.of(7, 160, 4, 2), Stage.of(14, 176, 6, 1), Stage.of(18, 304, 6, 2), Stage.of(5, 512, 6, 1)));
    }

    static EfficientNetV2Scale large() {
        return new EfficientNetV2Scale(480, 1, 1, false, 32, List.of(
                Stage.fused(4, 32, 1, 1), Stage.fused(7, 64, 4, 2), Stage.fused(7, 96, 4, 2),
                Stage.of(10, 192, 4, 2), Stage.of(19, 224, 6, 1), Stage.of(25, 384, 6, 2), Stage.of(7, 640, 6, 1)));
    }

    int stemFilters() {
        return filters(stem);
    }

    /** The multiple of 8 nearest to a number of filters at this width. */
    int filters(int standard) {
        return Math.max(8, (int) (standard * width + 4) / 8 * 8);
    }

    int repeats(Stage stage) {
        return (int) Math.ceil(depth * stage.repeats);
    }

    /** The number of blocks at depth 1, by which Keras counts how far the network is. */
    int blocksAtDepth1() {
        return stages.stream().mapToInt(Stage::repeats).sum();
    }
}
