package dev.keratin.layers;

import java.util.function.Supplier;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/** What every layer owes, checked for activation layers, convolutions, pooling, normalization, noise and reshaping. */
class LayerContractTest {
    private static DynamicTest test(String name, LayerContract contract) {
        return DynamicTest.dynamicTest(name, contract::check);
    }

    private static LayerContract of(Supplier<? extends Layer> factory, long... sample) {
        return LayerContract.of(factory).input(sample);
    }

    private static LayerContract drops(Supplier<? extends Layer> factory, long... sample) {
        return of(factory, sample).dropsMask();
    }

    @TestFactory
    Stream<DynamicTest> activationLayers_fulfilTheContract() {
        return Stream.of(
                test("Dense", of(() -> Layers.dense(4).activation("tanh"), 5, 3).weights(2)),
                test("Activation", of(() -> Layers.activation("tanh"), 5, 3)),
                test("ReLU", of(() -> Layers.relu().maxValue(1).negativeSlope(0.1).threshold(0.2), 5, 3)),
                test("LeakyReLU", of(Layers::leakyReLU, 5, 3)),
                test("ELU", of(() -> Layers.elu(0.7), 5, 3)),
                test("PReLU", of(Layers::prelu, 5, 3).weights(1)),
                test("PReLU shared", of(() -> Layers.prelu().sharedAxes(1), 5, 3).weights(1)),
                test("Softmax", of(() -> Layers.softmax(), 3)),
                test("Softmax of two axes", of(() -> Layers.softmax(1, 2), 3, 3)));
    }

    @TestFactory
    Stream<DynamicTest> convolutions_fulfilTheContract() {
        return Stream.of(
                test("Conv1D causal", drops(() -> Layers.conv1d(4, 3).padding("causal").dilationRate(2), 7, 3).weights(2)),
                test("Conv1D without bias", drops(() -> Layers.conv1d(4, 3).useBias(false).strides(2), 7, 3).weights(1)),
                test("Conv2D", drops(() -> Layers.conv2d(4, 3), 6, 5, 3).weights(2)),
                test("Conv2D same", drops(() -> Layers.conv2d(4, 3, 2).padding("same").strides(2), 6, 5, 3).weights(2)),
                test("Conv2D groups", drops(() -> Layers.conv2d(4, 3).groups(2), 6, 5, 4).weights(2)),
                test("Conv2D channels first", drops(() -> Layers.conv2d(4, 3).dataFormat("channels_first"), 2, 6, 5).weights(2)),
                test("Conv3D", drops(() -> Layers.conv3d(2, 2), 3, 4, 3, 2).weights(2)),
                test("DepthwiseConv1D", drops(() -> Layers.depthwiseConv1d(3), 6, 2).weights(2)),
                test("DepthwiseConv2D", drops(() -> Layers.depthwiseConv2d(3).depthMultiplier(2), 5, 5, 2).weights(2)),
                test("SeparableConv1D", drops(() -> Layers.separableConv1d(4, 3), 6, 2).weights(3)),
                test("SeparableConv2D", drops(() -> Layers.separableConv2d(4, 3).depthMultiplier(2), 5, 5, 2).weights(3)),
                test("Conv1DTranspose", drops(() -> Layers.conv1dTranspose(3, 3).strides(2), 4, 2).weights(2)),
                test("Conv2DTranspose", drops(() -> Layers.conv2dTranspose(3, 3).strides(2).padding("same"), 3, 4, 2).weights(2)),
                test("Conv2DTranspose longer",
                        drops(() -> Layers.conv2dTranspose(3, 3).strides(2).outputPadding(1), 3, 4, 2).weights(2)),
                test("Conv3DTranspose", drops(() -> Layers.conv3dTranspose(2, 2).strides(2), 2, 3, 2, 2).weights(2)));
    }

    @TestFactory
    Stream<DynamicTest> pooling_fulfilsTheContract() {
        return Stream.of(
                test("MaxPooling1D", drops(() -> Layers.maxPooling1d(2), 6, 3)),
                test("MaxPooling2D", drops(() -> Layers.maxPooling2d(3).strides(2).padding("same"), 6, 5, 3)),
                test("MaxPooling3D", drops(() -> Layers.maxPooling3d(2), 4, 4, 5, 2)),
                test("AveragePooling1D", drops(() -> Layers.averagePooling1d(3).strides(2).padding("same"), 6, 3)),
                test("AveragePooling2D", drops(() -> Layers.averagePooling2d(2, 3).strides(1), 6, 5, 3)),
                test("AveragePooling3D", drops(() -> Layers.averagePooling3d(2), 4, 4, 5, 2)),
                test("AdaptiveMaxPooling1D", drops(() -> Layers.adaptiveMaxPooling1d(3), 7, 2)),
                test("AdaptiveMaxPooling2D", drops(() -> Layers.adaptiveMaxPooling2d(2, 3), 5, 7, 2)),
                test("AdaptiveMaxPooling3D", drops(() -> Layers.adaptiveMaxPooling3d(2), 3, 4, 4, 2)),
                test("AdaptiveAveragePooling1D", drops(() -> Layers.adaptiveAveragePooling1d(3), 7, 2)),
                test("AdaptiveAveragePooling2D", drops(() -> Layers.adaptiveAveragePooling2d(2, 3), 5, 7, 2)),
                test("AdaptiveAveragePooling3D", drops(() -> Layers.adaptiveAveragePooling3d(2), 3, 4, 4, 2)),
                test("GlobalMaxPooling1D", drops(Layers::globalMaxPooling1d, 6, 3)),
                test("GlobalMaxPooling2D", drops(() -> Layers.globalMaxPooling2d().keepdims(true), 4, 3, 3)),
                test("GlobalMaxPooling3D", drops(Layers::globalMaxPooling3d, 3, 2, 2, 3)),
                test("GlobalAveragePooling1D", drops(Layers::globalAveragePooling1d, 6, 3)),
                test("GlobalAveragePooling2D", drops(() -> Layers.globalAveragePooling2d().dataFormat("channels_first"), 3, 4, 3)),
                test("GlobalAveragePooling3D", drops(Layers::globalAveragePooling3d, 3, 2, 2, 3)));
    }

    @TestFactory
    Stream<DynamicTest> normalization_fulfilsTheContract() {
        return Stream.of(
                test("BatchNormalization", of(Layers::batchNormalization, 5, 3).weights(4)),
                test("BatchNormalization of images", of(Layers::batchNormalization, 4, 5, 3).weights(4)),
                test("BatchNormalization axis 1", of(() -> Layers.batchNormalization().axis(1).scale(false), 3, 5, 2).weights(3)),
                test("LayerNormalization", of(Layers::layerNormalization, 5, 3).weights(2)),
                test("LayerNormalization of two axes", of(() -> Layers.layerNormalization().axis(-1, -2), 5, 3).weights(2)),
                test("LayerNormalization without mean", of(() -> Layers.layerNormalization().rmsScaling(true), 5, 3).weights(1)),
                test("GroupNormalization", of(() -> Layers.groupNormalization(2), 5, 4).weights(2)),
                test("GroupNormalization per channel", of(() -> Layers.groupNormalization(-1).center(false), 5, 4).weights(1)),
                test("RMSNormalization", drops(Layers::rmsNormalization, 5, 3).weights(1)),
                test("UnitNormalization", of(() -> Layers.unitNormalization().axis(1, 2), 5, 3)));
    }

    @TestFactory
    Stream<DynamicTest> noise_fulfilsTheContract() {
        return Stream.of(
                test("Dropout", of(() -> Layers.dropout(0.4).seed(3), 5, 3)),
                test("Dropout with a noise shape", of(() -> Layers.dropout(0.4).noiseShape(-1, 1, 3), 5, 3)),
                test("SpatialDropout1D", of(() -> Layers.spatialDropout1d(0.4), 5, 3)),
                test("SpatialDropout2D", of(() -> Layers.spatialDropout2d(0.4), 4, 5, 3)),
                test("SpatialDropout3D", of(() -> Layers.spatialDropout3d(0.4).dataFormat("channels_first"), 2, 4, 3, 3)),
                test("GaussianDropout", of(() -> Layers.gaussianDropout(0.4), 5, 3)),
                test("GaussianNoise", of(() -> Layers.gaussianNoise(0.4), 5, 3)),
                test("AlphaDropout", of(() -> Layers.alphaDropout(0.4), 5, 3)),
                test("ActivityRegularization", of(() -> Layers.activityRegularization(0.1, 0.2), 5, 3)));
    }

    @TestFactory
    Stream<DynamicTest> reshaping_fulfilsTheContract() {
        return Stream.of(
                test("Flatten", drops(Layers::flatten, 4, 3, 2)),
                test("Flatten channels first", drops(() -> Layers.flatten().dataFormat("channels_first"), 4, 3, 2)),
                test("Reshape", drops(() -> Layers.reshape(-1, 2), 4, 3)),
                test("Permute", drops(() -> Layers.permute(3, 1, 2), 4, 3, 2)),
                test("RepeatVector", drops(() -> Layers.repeatVector(4), 3)),
                test("ZeroPadding1D", drops(() -> Layers.zeroPadding1d(1, 2), 4, 3)),
                test("ZeroPadding2D", drops(() -> Layers.zeroPadding2d(new int[][] {{1, 2}, {0, 3}}), 4, 3, 2)),
                test("ZeroPadding3D", drops(() -> Layers.zeroPadding3d(1).dataFormat("channels_first"), 2, 3, 3, 2)),
                test("Cropping1D", drops(() -> Layers.cropping1d(1, 2), 5, 3)),
                test("Cropping2D", drops(() -> Layers.cropping2d(1, 0), 4, 3, 2)),
                test("Cropping3D", drops(() -> Layers.cropping3d(new int[][] {{1, 0}, {0, 1}, {0, 0}}), 3, 3, 3, 2)),
                test("UpSampling1D", drops(() -> Layers.upSampling1d(3), 4, 3)),
                test("UpSampling2D", drops(() -> Layers.upSampling2d(2, 3), 4, 3, 2)),
                test("UpSampling2D bilinear", drops(() -> Layers.upSampling2d(2).interpolation("bilinear"), 4, 3, 2)),
                test("UpSampling3D", drops(() -> Layers.upSampling3d(2), 2, 3, 2, 2)));
    }
}
