package dev.keratin;

import java.util.List;

/** The functions of {@link OpTable} that neural networks are made of: softmax, windows, losses, normalisation, attention. */
final class NnRows {
    private NnRows() {}

    static void addTo(OpTable table) {
        axes(table);
        windows(table);
        losses(table);
        normalisation(table);
        blocks(table);
    }

    private static void axes(OpTable table) {
        table.add("Softmax", a -> Ops.softmax(a.first(), a.integer("axis")))
                .add("LogSoftmax", a -> Ops.logSoftmax(a.first(), a.integer("axis")))
                .add("Sparsemax", a -> Ops.sparsemax(a.first(), a.integer("axis")))
                .add("Glu", a -> Ops.glu(a.first(), a.integer("axis")));
    }

    private static void windows(OpTable table) {
        table.add("Conv", a -> Ops.conv(a.first(), a.tensor("kernel"), a.window()))
                .add("ConvTranspose", a -> Ops.convTranspose(a.first(), a.tensor("kernel"), a.window()))
                .add("DepthwiseConv", a -> Ops.depthwiseConv(a.first(), a.tensor("kernel"), a.window()))
                .add("SeparableConv", a -> Ops.separableConv(
                        a.first(), a.tensor("depthwise_kernel"), a.tensor("pointwise_kernel"), a.window()))
                .add("MaxPool", a -> Ops.maxPool(a.first(), a.integers("pool_size"), a.window()))
                .add("AveragePool", a -> Ops.averagePool(a.first(), a.integers("pool_size"), a.window()))
                .add("AdaptiveMaxPool", a -> Ops.adaptiveMaxPool(a.first(), a.integers("output_size"), a.dataFormat()))
                .add("AdaptiveAveragePool", a -> Ops.adaptiveAveragePool(a.first(), a.integers("output_size"), a.dataFormat()));
    }

    private static void losses(OpTable table) {
        table.add("BinaryCrossentropy", a -> Ops.binaryCrossentropy(a.first(), a.tensor("output"), a.bool("from_logits")))
                .add("CategoricalCrossentropy", a -> Ops.categoricalCrossentropy(
                        a.first(), a.tensor("output"), a.bool("from_logits"), a.integer("axis")))
                .add("SparseCategoricalCrossentropy", a -> Ops.sparseCategoricalCrossentropy(
                        a.only("axis").first(), a.tensor("output"), a.bool("from_logits")))
                .add("CTCLoss", a -> Ops.ctcLoss(a.first(), a.tensor("output"), a.tensor("target_length"),
                        a.tensor("output_length"), a.integer("mask_index")))
                .addAll("CTCDecode", a -> {
                    DecodeOptions options = new DecodeOptions().strategy(a.text("strategy")).beamWidth(a.integer("beam_width"))
                            .topPaths(a.integer("top_paths")).mergeRepeated(a.bool("merge_repeated")).maskIndex(a.integer("mask_index"));
                    Ops.Decoded decoded = Ops.ctcDecode(a.first(), a.tensor("sequence_lengths"), options);
                    return List.of(decoded.labels(), decoded.scores());
                })
                .add("PSNR", a -> Ops.psnr(a.left(), a.right(), a.number("max_val")));
    }

    private static void normalisation(OpTable table) {
        table.addAll("Moments", a -> {
            Ops.Moments moments = Ops.moments(a.only("synchronized").first(), a.integers("axes"), a.bool("keepdims"));
            return List.of(moments.mean(), moments.variance());
        })
                .add("BatchNorm", a -> Ops.batchNormalization(a.first(), a.tensor("mean"), a.tensor("variance"), a.integer("axis"),
                        a.optional("offset"), a.optional("scale"), a.number("epsilon")))
                .add("LayerNorm", a -> Ops.layerNormalization(a.only("rms_scaling").first(), a.optional("gamma"),
                        a.optional("beta"), a.integers("axis"), epsilon(a)))
                .add("RMSNorm", a -> Ops.rmsNormalization(a.first(), a.optional("scale"), a.integers("axis"), epsilon(a)))
                .add("Normalize", a -> Ops.normalize(a.only("epsilon").first(), a.integer("axis"), a.integer("order")))
                .add("DotProductAttention", a -> {
                    AttentionOptions options = new AttentionOptions().bias(a.optional("bias")).mask(a.optional("mask"))
                            .isCausal(a.only("flash_attention", "attn_logits_soft_cap").bool("is_causal"));
                    return Ops.dotProductAttention(a.first(), a.tensor("key"), a.tensor("value"),
                            a.isNull("scale") ? options : options.scale(a.number("scale")));
                });
    }

    private static void blocks(OpTable table) {
        table.add("Unfold", a -> Ops.unfold(a.first(), a.both("kernel_size"), a.both("dilation"), a.both("padding"), a.both("stride")))
                .add("Fold", a -> Ops.fold(a.first(), a.both("output_size"), a.both("kernel_size"), a.both("dilation"),
                        a.both("padding"), a.both("stride")))
                .add("DepthToSpace", a -> Ops.depthToSpace(a.first(), a.integer("block_size"), a.dataFormat()))
                .add("SpaceToDepth", a -> Ops.spaceToDepth(a.first(), a.integer("block_size"), a.dataFormat()));
    }

    private static double epsilon(OpArguments a) {
        return a.isNull("epsilon") ? Configuration.epsilon() : a.number("epsilon");
    }
}
