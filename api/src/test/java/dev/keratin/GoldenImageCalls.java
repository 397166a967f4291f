package dev.keratin;

import com.fasterxml.jackson.databind.JsonNode;
import dev.keratin.ops.Images;
import dev.keratin.ops.ResizeOptions;
import dev.keratin.ops.TransformOptions;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

/** How the functions of images are called. */
final class GoldenImageCalls {
    private GoldenImageCalls() {}

    static void addTo(Map<String, Function<GoldenCall, List<Tensor>>> table) {
        table.put("image.resize", c -> List.of(Images.resize(c.tensor(0), c.ints(1)[0], c.ints(1)[1], resize(c))));
        table.put("image.rgb_to_grayscale", c -> List.of(Images.rgbToGrayscale(c.tensor(0))));
        table.put("image.rgb_to_hsv", c -> List.of(Images.rgbToHsv(c.tensor(0))));
        table.put("image.hsv_to_rgb", c -> List.of(Images.hsvToRgb(c.tensor(0))));
        table.put("image.crop_images", c -> List.of(Images.cropImages(c.tensor(0), c.integer("top_cropping"),
                c.integer("left_cropping"), c.integer("target_height"), c.integer("target_width"))));
        table.put("image.pad_images", c -> List.of(Images.padImages(c.tensor(0), c.integer("top_padding"),
                c.integer("left_padding"), c.integer("bottom_padding"), c.integer("right_padding"))));
        table.put("image.extract_patches", c -> List.of(Images.extractPatches(c.tensor(0), c.ints("size"),
                new WindowOptions().strides(c.ints("strides")))));
        table.put("image.gaussian_blur", c -> List.of(Images.gaussianBlur(c.tensor(0))));
        table.put("image.scale_and_translate", c -> List.of(Images.scaleAndTranslate(c.tensor(0), c.shape(1), c.tensor(1),
                c.tensor(2), c.ints(4), c.arg(5).asText(), true)));
        table.put("image.affine_transform", c -> List.of(Images.affineTransform(c.tensor(0), c.tensor(1), transform(c))));
        table.put("image.perspective_transform", c -> List.of(
                Images.perspectiveTransform(c.tensor(0), c.tensor(1), c.tensor(2), new TransformOptions())));
        table.put("image.map_coordinates", c -> List.of(Images.mapCoordinates(c.tensor(0), c.tensor(1), c.integer("order"),
                c.keyword("fill_mode").asText(), 0)));
        table.put("image.sobel_edges", c -> List.of(Images.sobelEdges(c.tensor(0), "channels_last")));
        table.put("image.ssim", c -> List.of(Images.ssim(c.tensor(0), c.tensor(1), c.keyword("max_val").asDouble(1), "channels_last")));
    }

    private static ResizeOptions resize(GoldenCall call) {
        JsonNode interpolation = call.keyword("interpolation");
        return new ResizeOptions().interpolation(interpolation.asText("bilinear")).antialias(call.keyword("antialias").asBoolean())
                .cropToAspectRatio(call.keyword("crop_to_aspect_ratio").asBoolean())
                .padToAspectRatio(call.keyword("pad_to_aspect_ratio").asBoolean());
    }

    private static TransformOptions transform(GoldenCall call) {
        return new TransformOptions().interpolation(call.keyword("interpolation").asText())
                .fillMode(call.keyword("fill_mode").asText());
    }
}
