package dev.keratin.functions;

import static dev.keratin.autodiff.FiniteDifferences.uniform;
import static dev.keratin.functions.FunctionCase.of;

import dev.keratin.Ops;
import dev.keratin.Tensor;
import dev.keratin.WindowOptions;
import dev.keratin.backend.Shape;
import dev.keratin.ops.Images;
import dev.keratin.ops.ResizeOptions;
import dev.keratin.ops.TransformOptions;
import dev.keratin.random.SeedGenerator;
import java.util.stream.Stream;

/** Functions of images. */
final class ImageCases {
    private static final Tensor IMAGE = uniform(0.1, 0.9, 1, 4, 5, 2);
    private static final Tensor COLOURS = uniform(0.1, 0.9, 1, 2, 3, 3);
    private static final Tensor LARGE = uniform(0.1, 0.9, 1, 12, 12, 1);
    private static final Tensor CORNERS = Tensor.of(new float[][] {{0, 0}, {0, 4}, {3, 0}, {3, 4}});

    private ImageCases() {}

    static Stream<FunctionCase> all() {
        return Stream.of(colours(), frames(), transforms()).flatMap(each -> each);
    }

    private static Stream<FunctionCase> colours() {
        return Stream.of(of("rgbToGrayscale", x -> Images.rgbToGrayscale(x), COLOURS), of("rgbToHsv", x -> Images.rgbToHsv(x), COLOURS),
                of("hsvToRgb", x -> Images.hsvToRgb(x), COLOURS), of("gaussianBlur", x -> Images.gaussianBlur(x), IMAGE),
                of("sobelEdges", x -> Images.sobelEdges(x, "channels_last"), IMAGE),
                of("ssim", (a, b) -> Images.ssim(a, b, 1, "channels_last"), LARGE, Ops.add(LARGE, Ops.multiply(Ops.sin(Ops.multiply(LARGE, 9)), 0.1))));
    }

    private static Stream<FunctionCase> frames() {
        return Stream.of(of("cropImages", x -> Images.cropImages(x, 1, 1, 2, 3), IMAGE), of("padImages", x -> Images.padImages(x, 1, 0, 2, 1), IMAGE),
                of("extractPatches", x -> Images.extractPatches(x, new int[] {2, 3}), IMAGE),
                of("extractPatches3d", x -> Images.extractPatches3d(x, new int[] {2, 2, 2}, new WindowOptions()), uniform(0, 1, 1, 2, 4, 4, 1)),
                of("resize", x -> Images.resize(x, 7, 3, new ResizeOptions().interpolation("bicubic")), IMAGE),
                of("resize bilinear", x -> Images.resize(x, 3, 8), IMAGE));
    }

    private static Stream<FunctionCase> transforms() {
        Tensor warp = Tensor.of(new float[] {1, 0.2f, 0.3f, -0.1f, 0.9f, 0.4f, 0, 0});
        Tensor moved = Tensor.of(new float[][] {{0.2f, 0.1f}, {0.1f, 3.7f}, {2.8f, 0.3f}, {3.1f, 3.9f}});
        return Stream.of(of("affineTransform", x -> Images.affineTransform(x, warp, new TransformOptions()), IMAGE),
                of("perspectiveTransform", x -> Images.perspectiveTransform(x, CORNERS, moved, new TransformOptions()), IMAGE),
                of("elasticTransform", x -> Images.elasticTransform(x, 2, 1, new TransformOptions(), new SeedGenerator(3)), IMAGE),
                of("mapCoordinates", (x, c) -> Images.mapCoordinates(x, c, 1, "nearest", 0), uniform(0, 1, 4, 4), uniform(0.1, 2.9, 2, 5)),
                of("scaleAndTranslate", x -> Images.scaleAndTranslate(x, Shape.of(1, 6, 4, 2), Tensor.of(new float[] {1.5f, 0.8f}),
                        Tensor.of(new float[] {0.2f, -0.3f}), new int[] {1, 2}, "linear", true), IMAGE));
    }
}
