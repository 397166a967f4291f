package dev.keratin.ops;

import dev.keratin.OpArguments;
import dev.keratin.OpTable;
import dev.keratin.Tensor;

/** The functions of {@code keras.ops.image} in the table of functions that files may name. */
public final class ImageRows implements OpTable.Rows {
    @Override
    public void addTo(OpTable table) {
        table.add("RGBToGrayscale", a -> Images.rgbToGrayscale(a.first(), a.dataFormat()))
                .add("RGBToHSV", a -> Images.rgbToHsv(a.first(), a.dataFormat()))
                .add("HSVToRGB", a -> Images.hsvToRgb(a.first(), a.dataFormat()))
                .add("Resize", ImageRows::resize)
                .add("AffineTransform", a -> Images.affineTransform(a.first(), a.tensor("transform"),
                        transform(a).fillMode(a.text("fill_mode"))))
                .add("PerspectiveTransform", a -> Images.perspectiveTransform(
                        a.first(), a.tensor("start_points"), a.tensor("end_points"), transform(a)))
                .add("MapCoordinates", a -> Images.mapCoordinates(a.first(), a.tensor("coordinates"), a.integer("order"),
                        a.text("fill_mode"), a.number("fill_value")))
                .add("ExtractPatches", a -> Images.extractPatches(a.first(), a.integers("size"), a.window()))
                .add("PadImages", a -> Images.padImages(a.only("target_height", "target_width").first(), a.integer("top_padding"),
                        a.integer("left_padding"), a.integer("bottom_padding"), a.integer("right_padding"), a.dataFormat()))
                .add("CropImages", a -> Images.cropImages(a.only("bottom_cropping", "right_cropping").first(),
                        a.integer("top_cropping"), a.integer("left_cropping"), a.integer("target_height"),
                        a.integer("target_width"), a.dataFormat()))
                .add("GaussianBlur", a -> Images.gaussianBlur(a.first(), a.both("kernel_size"), a.numbers("sigma"), a.dataFormat()))
                .add("SobelEdges", a -> Images.sobelEdges(a.first(), a.dataFormat()))
                .add("SSIM", a -> Images.ssim(a.only("filter_size", "filter_sigma", "k1", "k2").left(), a.right(),
                        a.number("max_val"), a.dataFormat()));
    }

    private static Tensor resize(OpArguments a) {
        ResizeOptions options = new ResizeOptions().interpolation(a.only("fill_mode").text("interpolation"))
                .antialias(a.bool("antialias")).cropToAspectRatio(a.bool("crop_to_aspect_ratio"))
                .padToAspectRatio(a.bool("pad_to_aspect_ratio")).fillValue(a.number("fill_value")).dataFormat(a.dataFormat());
        return Images.resize(a.first(), a.both("size")[0], a.both("size")[1], options);
    }

    private static TransformOptions transform(OpArguments a) {
        return new TransformOptions().interpolation(a.text("interpolation")).fillValue(a.number("fill_value"))
                .dataFormat(a.dataFormat());
    }
}
