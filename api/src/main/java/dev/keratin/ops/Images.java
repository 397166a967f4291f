package dev.keratin.ops;

import dev.keratin.Configuration;
import dev.keratin.Ops;
import dev.keratin.Tensor;
import dev.keratin.WindowOptions;
import dev.keratin.backend.DType;
import dev.keratin.backend.Shape;
import dev.keratin.random.Random;
import dev.keratin.random.SeedGenerator;
import java.util.List;

/**
 * Functions of images, as in {@code keras.ops.image}: one image [height, width, channels] or a batch [batch, height,
 * width, channels], with channels first where a data format says so.
 */
public final class Images {
    private Images() {}

    /**
     * Images of another size. Pixels are computed as TensorFlow does (half-pixel centers), at least in float32, then brought
     * to the type of the images: those of integers are rounded, within their range.
     */
    public static Tensor resize(Tensor images, int height, int width, ResizeOptions options) {
        if (images.isSymbolic()) {
            return Composite.node("Resize", images, List.of(height, width), options.interpolation(), options.antialias(),
                    options.crop(), options.pad(), "constant", options.fillValue(), options.layout().dataFormat());
        }
        return options.layout().apply("resize", images, x -> {
            Tensor cut = options.crop() ? cropped(x, height, width) : options.pad() ? padded(x, height, width, options.fillValue()) : x;
            if (cut.shape().dim(1) == height && cut.shape().dim(2) == width) {
                return cut;
            }
            boolean keep = options.interpolation().equals("nearest") || x.dtype() == DType.FLOAT64;
            Tensor input = keep ? cut : Ops.cast(cut, DType.FLOAT32);
            Tensor tall = ResizeWeights.resized(input, 1, height, options.interpolation(), options.antialias());
            Tensor resized = ResizeWeights.resized(tall, 2, width, options.interpolation(), options.antialias());
            return x.dtype().isFloating() ? Ops.cast(resized, x.dtype()) : Ops.saturateCast(Ops.round(resized), x.dtype());
        });
    }

    /** {@link #resize(Tensor, int, int, ResizeOptions)}, bilinear. */
    public static Tensor resize(Tensor images, int height, int width) {
        return resize(images, height, width, new ResizeOptions());
    }

    /**
     * Images moved by affine or projective transforms: pixel (x, y) of the result is read at ((a0 x + a1 y + a2) / k, (b0 x +
     * b1 y + b2) / k), k = c0 x + c1 y + 1.
     *
     * @param transform (a0, a1, a2, b0, b1, b2, c0, c1): [8] or [batch, 8]
     */
    public static Tensor affineTransform(Tensor images, Tensor transform, TransformOptions options) {
        if (Composite.symbolic(images, transform)) {
            return Composite.node("AffineTransform", images, transform, options.interpolation(), options.fillMode(),
                    options.fillValue(), options.layout().dataFormat());
        }
        return Composite.call("affineTransform", List.of(images, transform), in ->
                options.layout().apply("affineTransform", in.get(0), x ->
                        Sampling.projected(x, Ops.reshape(in.get(1), -1, 8), options)));
    }

    /**
     * Images moved such that four points come to lie at four others.
     *
     * @param startPoints [4, 2] or [batch, 4, 2], x before y
     * @param endPoints where these pixels are in the result, of the same shape
     */
    public static Tensor perspectiveTransform(Tensor images, Tensor startPoints, Tensor endPoints, TransformOptions options) {
        if (Composite.symbolic(images, startPoints, endPoints)) {
            return Composite.node("PerspectiveTransform", images, startPoints, endPoints, options.interpolation(),
                    options.fillValue(), options.layout().dataFormat());
        }
        return Composite.call("perspectiveTransform", List.of(images, startPoints, endPoints), in ->
                affineTransform(in.get(0), Homography.between(in.get(1), in.get(2)), options));
    }

    /**
     * A tensor of any rank read at any coordinates.
     *
     * @param coordinates [rank, ...]
     * @param order 0 for the nearest element, 1 for linear interpolation
     * @param fillMode {@code "constant"}, {@code "nearest"}, {@code "wrap"}, {@code "mirror"} or {@code "reflect"}
     */
    public static Tensor mapCoordinates(Tensor x, Tensor coordinates, int order, String fillMode, double fillValue) {
        if (Composite.symbolic(x, coordinates)) {
            return Composite.node("MapCoordinates", x, coordinates, order, fillMode, fillValue);
        }
        return Composite.call("mapCoordinates", List.of(x, coordinates), in ->
                Sampling.coordinates(in.get(0), in.get(1), order, fillMode, fillValue));
    }

    /** Brightness {@code 0.2989 r + 0.587 g + 0.114 b} as the only channel. */
    public static Tensor rgbToGrayscale(Tensor images) {
        return rgbToGrayscale(images, Configuration.imageDataFormat());
    }

    /** {@link #rgbToGrayscale(Tensor)} in a data format. */
    public static Tensor rgbToGrayscale(Tensor images, String dataFormat) {
        if (images.isSymbolic()) {
            return Composite.node("RGBToGrayscale", images, dataFormat);
        }
        return Layout.of(dataFormat).apply("rgbToGrayscale", images, x -> {
            if (x.shape().dim(3) == 1) {
                return x;
            }
            List<Tensor> c = channels("rgbToGrayscale", x.dtype().isFloating() ? x : Ops.cast(x, Configuration.floatx()));
            Tensor sum = Ops.add(Ops.add(Ops.multiply(c.get(0), 0.2989), Ops.multiply(c.get(1), 0.587)), Ops.multiply(c.get(2), 0.114));
            return Ops.cast(Ops.expandDims(sum, 3), x.dtype());
        });
    }

    /** Red, green and blue from 0 to 1 to hue (in turns), saturation and value. */
    public static Tensor rgbToHsv(Tensor images) {
        return rgbToHsv(images, Configuration.imageDataFormat());
    }

    /** {@link #rgbToHsv(Tensor)} in a data format. */
    public static Tensor rgbToHsv(Tensor images, String dataFormat) {
        if (images.isSymbolic()) {
            return Composite.node("RGBToHSV", images, dataFormat);
        }
        requireFloating("rgbToHsv", images);
        return Layout.of(dataFormat).apply("rgbToHsv", images, x -> Colors.rgbToHsv(channels("rgbToHsv", x)));
    }

    /** Hue (in turns), saturation and value to red, green and blue from 0 to 1. */
    public static Tensor hsvToRgb(Tensor images) {
        return hsvToRgb(images, Configuration.imageDataFormat());
    }

    /** {@link #hsvToRgb(Tensor)} in a data format. */
    public static Tensor hsvToRgb(Tensor images, String dataFormat) {
        if (images.isSymbolic()) {
            return Composite.node("HSVToRGB", images, dataFormat);
        }
        requireFloating("hsvToRgb", images);
        return Layout.of(dataFormat).apply("hsvToRgb", images, x -> Colors.hsvToRgb(channels("hsvToRgb", x)));
    }

    /** The part of images of the given size whose first pixel is at (top, left). */
    public static Tensor cropImages(Tensor images, int top, int left, int height, int width, String dataFormat) {
        if (images.isSymbolic()) {
            return Composite.node("CropImages", images, top, left, null, null, height, width, dataFormat);
        }
        return Layout.of(dataFormat).apply("cropImages", images, x ->
                Ops.slice(x, new long[] {0, top, left, 0}, new long[] {-1, height, width, -1}));
    }

    /** {@link #cropImages(Tensor, int, int, int, int, String)} in the configured data format. */
    public static Tensor cropImages(Tensor images, int top, int left, int height, int width) {
        return cropImages(images, top, left, height, width, Configuration.imageDataFormat());
    }

    /** Images with rows and columns of zeros around. */
    public static Tensor padImages(Tensor images, int top, int left, int bottom, int right, String dataFormat) {
        if (images.isSymbolic()) {
            return Composite.node("PadImages", images, top, left, bottom, right, null, null, dataFormat);
        }
        return Layout.of(dataFormat).apply("padImages", images, x ->
                Ops.pad(x, new int[][] {{0, 0}, {top, bottom}, {left, right}, {0, 0}}));
    }

    /** {@link #padImages(Tensor, int, int, int, int, String)} in the configured data format. */
    public static Tensor padImages(Tensor images, int top, int left, int bottom, int right) {
        return padImages(images, top, left, bottom, right, Configuration.imageDataFormat());
    }

    /**
     * Windows of images, each as one vector of channels: [batch, rows, columns, height * width * channels].
     *
     * @param size height and width of the windows
     * @param options strides (the size if not set), padding, dilation, data format
     */
    public static Tensor extractPatches(Tensor images, int[] size, WindowOptions options) {
        if (images.isSymbolic()) {
            return Composite.node("ExtractPatches", images, size, options.written("strides"), options.written("dilation_rate"),
                    options.written("padding"), options.written("data_format"));
        }
        return Composite.call("extractPatches", images, x -> Patches.of("extractPatches", x, size, options));
    }

    /** {@link #extractPatches(Tensor, int[], WindowOptions)} side by side. */
    public static Tensor extractPatches(Tensor images, int... size) {
        return extractPatches(images, size, new WindowOptions());
    }

    /** Windows of volumes [batch, depth, height, width, channels], as {@link #extractPatches(Tensor, int[], WindowOptions)}. */
    public static Tensor extractPatches3d(Tensor volumes, int[] size, WindowOptions options) {
        int[] three = size.length == 1 ? new int[] {size[0], size[0], size[0]} : size;
        return Composite.call("extractPatches3d", volumes, x -> Patches.of("extractPatches3d", x, three, options));
    }

    /** Images blurred with a Gaussian kernel of the given sizes and standard deviations in pixels, zeros around. */
    public static Tensor gaussianBlur(Tensor images, int[] kernelSize, double[] sigma, String dataFormat) {
        if (images.isSymbolic()) {
            return Composite.node("GaussianBlur", images, kernelSize, sigma, dataFormat);
        }
        return Layout.of(dataFormat).apply("gaussianBlur", images, x -> Filters.blurred(x, kernelSize, sigma, "same"));
    }

    /** {@link #gaussianBlur(Tensor, int[], double[], String)} with size 3, deviation 1. */
    public static Tensor gaussianBlur(Tensor images) {
        return gaussianBlur(images, new int[] {3, 3}, new double[] {1, 1}, Configuration.imageDataFormat());
    }

    /** The vertical and the horizontal gradient by the Sobel operator along a new last axis of length 2. */
    public static Tensor sobelEdges(Tensor images, String dataFormat) {
        if (images.isSymbolic()) {
            return Composite.node("SobelEdges", images, dataFormat);
        }
        return Composite.call("sobelEdges", images, x -> Filters.sobel(x, Layout.of(dataFormat).channelsFirst()));
    }

    /**
     * Images distorted by a smooth random field.
     *
     * @param alpha how strong
     * @param sigma how smooth: the standard deviation of the blur in pixels
     */
    public static Tensor elasticTransform(Tensor images, double alpha, double sigma, TransformOptions options, SeedGenerator seed) {
        return options.layout().apply("elasticTransform", images, x -> {
            Shape field = x.shape().with(3, 1);
            int size = 6 * (int) sigma | 1;
            Tensor down = Filters.blurred(Random.normal(field, 0, sigma, DType.FLOAT32, seed), new int[] {size, size},
                    new double[] {sigma, sigma}, "same");
            Tensor right = Filters.blurred(Random.normal(field, 0, sigma, DType.FLOAT32, seed), new int[] {size, size},
                    new double[] {sigma, sigma}, "same");
            return Filters.distorted(x, Ops.multiply(down, alpha), Ops.multiply(right, alpha), options);
        });
    }

    /**
     * Images scaled and moved along some axes, with the kernels of {@link #resize}.
     *
     * @param outputShape the shape of the result; equal to that of the images but on the spatial axes
     * @param scale for each spatial axis
     * @param translation in pixels of the output, for each spatial axis
     * @param method {@code "linear"}, {@code "cubic"}, {@code "lanczos3"} or {@code "lanczos5"}
     */
    public static Tensor scaleAndTranslate(Tensor images, Shape outputShape, Tensor scale, Tensor translation, int[] spatialAxes,
            String method, boolean antialias) {
        return Composite.call("scaleAndTranslate", List.of(images, scale, translation), in -> {
            Tensor x = in.get(0);
            Tensor result = x.dtype().isFloating() ? x : Ops.cast(x, DType.FLOAT32);
            for (int i = 0; i < spatialAxes.length; i++) {
                int axis = x.shape().normalizeAxis(spatialAxes[i]);
                Tensor weights = ScaledWeights.of(x.shape().dim(axis), outputShape.dim(axis),
                        Ops.take(in.get(1), i, 0), Ops.take(in.get(2), i, 0), method, antialias);
                result = Ops.moveaxis(Ops.tensordot(result, Ops.cast(weights, result.dtype()), new int[] {axis}, new int[] {0}), -1, axis);
            }
            return x.dtype().isFloating() ? result : Ops.cast(Ops.clip(Ops.round(result), Ops.min(x), Ops.max(x)), x.dtype());
        });
    }

    /** How alike two images or batches are: the structural similarity index of each pair, at most 1. */
    public static Tensor ssim(Tensor a, Tensor b, double maxVal, String dataFormat) {
        if (Composite.symbolic(a, b)) {
            return Composite.node("SSIM", a, b, maxVal, null, null, null, null, dataFormat);
        }
        return Composite.call("ssim", List.of(a, b), in -> Filters.ssim(in.get(0), in.get(1), maxVal, Layout.of(dataFormat)));
    }

    private static Tensor cropped(Tensor x, int height, int width) {
        long h = x.shape().dim(1);
        long w = x.shape().dim(2);
        long cropHeight = Math.max(Math.min(h, (long) ((float) (w * height) / width)), 1);
        long cropWidth = Math.max(Math.min(w, (long) ((float) (h * width) / height)), 1);
        return Ops.slice(x, new long[] {0, (h - cropHeight) / 2, (w - cropWidth) / 2, 0}, new long[] {-1, cropHeight, cropWidth, -1});
    }

    private static Tensor padded(Tensor x, int height, int width, double value) {
        long h = x.shape().dim(1);
        long w = x.shape().dim(2);
        int rows = (int) ((Math.max(h, (long) ((float) (w * height) / width)) - h) / 2);
        int columns = (int) ((Math.max(w, (long) ((float) (h * width) / height)) - w) / 2);
        return Ops.pad(x, new int[][] {{0, 0}, {rows, rows}, {columns, columns}, {0, 0}}, value);
    }

    private static List<Tensor> channels(String who, Tensor x) {
        if (x.shape().dim(3) != 3) {
            throw new IllegalArgumentException(who + ": three channels are required. Received: " + x.type()
                    + " (channels last). Check the data format.");
        }
        return Ops.unstack(x, 3);
    }

    private static void requireFloating(String who, Tensor x) {
        if (!x.dtype().isFloating()) {
            throw new IllegalArgumentException(who + ": floating numbers from 0 to 1 are required. Received: " + x.type()
                    + ". Cast and divide by 255.");
        }
    }
}
