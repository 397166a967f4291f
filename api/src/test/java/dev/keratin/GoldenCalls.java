package dev.keratin;

import dev.keratin.ops.Linalg;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

/** How the functions are called whose arguments are not just tensors, by their Keras names. */
final class GoldenCalls {
    static final Map<String, Function<GoldenCall, List<Tensor>>> TABLE = new HashMap<>();

    private GoldenCalls() {}

    private static void one(String name, Function<GoldenCall, Tensor> call) {
        TABLE.put(name, each -> List.of(call.apply(each)));
    }

    private static void many(String name, Function<GoldenCall, List<Tensor>> call) {
        TABLE.put(name, call);
    }

    static {
        GoldenImageCalls.addTo(TABLE);
        GoldenFftCalls.addTo(TABLE);
        GoldenLinalgCalls.addTo(TABLE);
        one("norm", c -> c.json().get("kwargs").has("ord") && !c.json().get("kwargs").has("axis")
                ? Linalg.matrixNorm(c.tensor(0), c.keyword("ord").asText()) : c.json().get("kwargs").has("axis")
                ? Ops.norm(c.tensor(0), c.integer("ord"), new int[] {c.axis()}, false) : Ops.norm(c.tensor(0)));
        one("average", c -> Ops.average(c.tensor(0), c.axis(), c.tensor("weights")));
        one("quantile", c -> Ops.quantile(c.tensor(0), c.tensor(1), new int[] {c.axis()}, c.keyword("method").asText("linear"), false));
        many("top_k", c -> {
            Ops.Largest largest = Ops.topK(c.tensor(0), c.integer("k"));
            return List.of(largest.values(), largest.indices());
        });
        one("in_top_k", c -> Ops.inTopK(c.tensor(0), c.tensor(1), c.integer("k")));
        one("diff", c -> Ops.diff(c.tensor(0), 1, c.axis()));
        one("one_hot", c -> Ops.oneHot(c.tensor(0), c.integer("num_classes")));
        one("multi_hot", c -> Ops.multiHot(c.tensor(0), c.integer("num_classes")));
        one("normalize", c -> Ops.normalize(c.tensor(0), c.axis(), c.integer("order")));
        one("tensordot", c -> Ops.tensordot(c.tensor(0), c.tensor(1), new int[] {1, 2}, new int[] {1, 0}));
        one("einsum", c -> Ops.einsum(c.arg(0).asText(), c.tensors().toArray(new Tensor[0])));
        one("reshape", c -> Ops.reshape(c.tensor(0), c.longs(1)));
        one("transpose", c -> Ops.transpose(c.tensor(0), c.ints("axes")));
        one("swapaxes", c -> Ops.swapaxes(c.tensor(0), c.arg(1).asInt(), c.arg(2).asInt()));
        one("moveaxis", c -> Ops.moveaxis(c.tensor(0), c.arg(1).asInt(), c.arg(2).asInt()));
        one("concatenate", c -> Ops.concatenate(c.tensors(), c.axis()));
        one("stack", c -> Ops.stack(c.tensors(), c.axis()));
        one("vstack", c -> Ops.vstack(c.tensors()));
        one("hstack", c -> Ops.hstack(c.tensors()));
        many("split", c -> c.arg(1).isArray()
                ? Ops.split(c.tensor(0), c.ints(1), c.axis()) : Ops.split(c.tensor(0), c.arg(1).asInt(), c.axis()));
        one("tile", c -> Ops.tile(c.tensor(0), c.ints(1)));
        one("repeat", c -> Ops.repeat(c.tensor(0), c.arg(1).asInt(), c.axis()));
        one("roll", c -> Ops.roll(c.tensor(0), c.arg(1).asInt(), c.axis()));
        one("broadcast_to", c -> Ops.broadcastTo(c.tensor(0), c.shape(1)));
        many("unstack", c -> Ops.unstack(c.tensor(0), c.axis()));
        one("pad", c -> Ops.pad(c.tensor(0), c.pairs(1), c.keyword("mode").asText()));
        one("take", c -> Ops.take(c.tensor(0), c.tensor(1), c.axis()));
        one("take_along_axis", c -> Ops.takeAlongAxis(c.tensor(0), c.tensor(1), c.axis()));
        one("select", c -> Ops.select(c.tensors().subList(0, 2), c.tensors().subList(2, 4), 0));
        one("clip", c -> Ops.clip(c.tensor(0), c.arg(1).asDouble(), c.arg(2).asDouble()));
        one("bincount", c -> Ops.bincount(c.tensor(0), null, c.integer("minlength")));
        one("tril", c -> Ops.tril(c.tensor(0), c.integer("k")));
        one("triu", c -> Ops.triu(c.tensor(0), c.integer("k")));
        one("diag", c -> Ops.diag(c.tensor(0), c.integer("k")));
        one("diagonal", c -> Ops.diagonal(c.tensor(0), 0, c.integer("axis1"), c.integer("axis2")));
        many("meshgrid", c -> Ops.meshgrid(c.tensor(0), c.tensor(1)));
        one("slice", c -> Ops.slice(c.tensor(0), c.longs(1), c.longs(2)));
        one("slice_update", c -> Ops.sliceUpdate(c.tensor(0), c.longs(1), c.tensor(1)));
        one("scatter", c -> Ops.scatter(c.tensor(0), c.tensor(1), c.shape(2)));
        one("segment_sum", c -> Ops.segmentSum(c.tensor(0), c.tensor(1), c.integer("num_segments")));
        one("segment_max", c -> Ops.segmentMax(c.tensor(0), c.tensor(1), c.integer("num_segments")));
        one("extract_sequences", c -> Ops.extractSequences(c.tensor(0), c.arg(1).asInt(), c.arg(2).asInt()));
        one("correlate", c -> Ops.correlate(c.tensor(0), c.tensor(1), c.keyword("mode").asText()));
        one("arange", c -> Ops.arange(c.arg(0).asLong()));
        one("linspace", c -> Ops.linspace(c.arg(0).asDouble(), c.arg(1).asDouble(), c.integer("num")));
        one("logspace", c -> Ops.logspace(c.arg(0).asDouble(), c.arg(1).asDouble(), c.integer("num")));
        one("eye", c -> Ops.eye(c.arg(0).asLong(), c.arg(1).asLong()));
        one("identity", c -> Ops.identity(c.arg(0).asLong()));
        one("full", c -> Ops.full(c.shape(0), c.arg(1).asDouble()));
        one("zeros", c -> Ops.zeros(c.shape(0)));
        one("ones", c -> Ops.ones(c.shape(0)));
        one("tri", c -> Ops.tri(c.arg(0).asLong(), c.arg(1).asLong()));
        one("hanning", c -> Ops.hanning(c.arg(0).asInt()));
        one("hamming", c -> Ops.hamming(c.arg(0).asInt()));
        one("blackman", c -> Ops.blackman(c.arg(0).asInt()));
        one("bartlett", c -> Ops.bartlett(c.arg(0).asInt()));
        one("kaiser", c -> Ops.kaiser(c.arg(0).asInt(), c.arg(1).asDouble()));
        one("conv", c -> Ops.conv(c.tensor(0), c.tensor(1), c.window()));
        one("conv_transpose", c -> Ops.convTranspose(c.tensor(0), c.tensor(1), c.window()));
        one("depthwise_conv", c -> Ops.depthwiseConv(c.tensor(0), c.tensor(1), c.window()));
        one("separable_conv", c -> Ops.separableConv(c.tensor(0), c.tensor(1), c.tensor(2), c.window()));
        one("max_pool", c -> Ops.maxPool(c.tensor(0), new int[] {c.arg(1).asInt()}, c.window()));
        one("average_pool", c -> Ops.averagePool(c.tensor(0), new int[] {c.arg(1).asInt()}, c.window()));
        one("batch_normalization", c -> Ops.batchNormalization(c.tensor(0), c.tensor(1), c.tensor(2), -1,
                c.tensor("offset"), c.tensor("scale"), c.keyword("epsilon").asDouble()));
        many("moments", c -> {
            Ops.Moments moments = Ops.moments(c.tensor(0), c.ints("axes"));
            return List.of(moments.mean(), moments.variance());
        });
        one("layer_normalization", c -> c.keyword("axis").isArray()
                ? Ops.layerNormalization(c.tensor(0), c.tensor("gamma"), c.tensor("beta"), c.ints("axis"), c.keyword("epsilon").asDouble())
                : Ops.layerNormalization(c.tensor(0), c.tensor("gamma"), c.tensor("beta")));
        one("rms_normalization", c -> Ops.rmsNormalization(c.tensor(0), c.tensor("scale")));
        one("dot_product_attention", c -> Ops.dotProductAttention(c.tensor(0), c.tensor(1), c.tensor(2),
                new AttentionOptions().isCausal(c.keyword("is_causal").asBoolean())));
        one("binary_crossentropy", c ->
                Ops.binaryCrossentropy(c.tensor(0), c.tensor(1), c.keyword("from_logits").asBoolean()));
        one("categorical_crossentropy", c ->
                Ops.categoricalCrossentropy(c.tensor(0), c.tensor(1), c.keyword("from_logits").asBoolean()));
        one("sparse_categorical_crossentropy", c ->
                Ops.sparseCategoricalCrossentropy(c.tensor(0), c.tensor(1), c.keyword("from_logits").asBoolean()));
        one("gelu", c -> Ops.gelu(c.tensor(0), c.keyword("approximate").asBoolean(true)));
        one("adaptive_average_pool", c -> Ops.adaptiveAveragePool(c.tensor(0), c.arg(1).asInt()));
        one("adaptive_max_pool", c -> Ops.adaptiveMaxPool(c.tensor(0), c.arg(1).asInt()));
        one("trapezoid", c -> Ops.trapezoid(c.tensor(0), 1, c.axis()));
        one("ctc_loss", c -> Ops.ctcLoss(c.tensor(0), c.tensor(1), c.tensor(2), c.tensor(3), 0));
        many("ctc_decode", c -> {
            DecodeOptions options = new DecodeOptions().strategy(c.keyword("strategy").asText("greedy"))
                    .beamWidth(c.keyword("beam_width").asInt(100)).topPaths(c.keyword("top_paths").asInt(1)).maskIndex(c.integer("mask_index"));
            Ops.Decoded decoded = Ops.ctcDecode(c.tensor(0), c.tensor(1), options);
            return List.of(decoded.labels(), decoded.scores());
        });
        one("unfold", c -> Ops.unfold(c.tensor(0), c.ints(1), c.ints("dilation"), c.ints("padding"), c.ints("stride")));
        one("fold", c -> Ops.fold(c.tensor(0), c.ints(1), c.ints(2), c.ints("dilation"), c.ints("padding"), c.ints("stride")));
        one("depth_to_space", c -> Ops.depthToSpace(c.tensor(0), c.arg(1).asInt(), "channels_last"));
        one("space_to_depth", c -> Ops.spaceToDepth(c.tensor(0), c.arg(1).asInt(), "channels_last"));
        one("psnr", c -> Ops.psnr(c.tensor(0), c.tensor(1), c.keyword("max_val").asDouble()));
    }
}
