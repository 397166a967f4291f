package dev.keratin.data;

import java.awt.image.BufferedImage;
import java.awt.image.ComponentColorModel;
import java.awt.image.Raster;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.Collections;
import java.util.Iterator;
import javax.imageio.ImageIO;
import javax.imageio.ImageReader;
import javax.imageio.stream.ImageInputStream;

/** How image files become numbers: of which size, with how many channels, and resized how. */
record ImageReading(int height, int width, int channels, boolean bilinear, boolean crop) {
    /** A file that says that it holds more is not read. */
    private static final long MOST_PIXELS = 1L << 28;
    /** Bits of numbers beyond the 8 that are used. */
    private static final int BYTE = 8;

    ImageReading withSize(int newHeight, int newWidth) {
        return new ImageReading(newHeight, newWidth, channels, bilinear, crop);
    }

    ImageReading withChannels(int newChannels) {
        return new ImageReading(height, width, newChannels, bilinear, crop);
    }

    ImageReading withBilinear(boolean newBilinear) {
        return new ImageReading(height, width, channels, newBilinear, crop);
    }

    ImageReading withCrop(boolean newCrop) {
        return new ImageReading(height, width, channels, bilinear, newCrop);
    }

    /** How many numbers an image has. */
    int numbers() {
        return height * width * channels;
    }

    /** Reads an image to a place in an array. */
    void read(Path file, float[] to, int offset) {
        BufferedImage image = decode(file);
        Pixels pixels = Pixels.of(image, channels);
        Resampling.Window window = crop ? Resampling.Window.middle(pixels, height, width) : Resampling.Window.all(pixels);
        new Resampling(pixels, window, bilinear).write(height, width, to, offset);
    }

    private static BufferedImage decode(Path file) {
        try (ImageInputStream in = ImageIO.createImageInputStream(file.toFile())) {
            Iterator<ImageReader> readers = in == null ? Collections.emptyIterator() : ImageIO.getImageReaders(in);
            if (!readers.hasNext()) {
                throw new IOException("of no known format");
            }
            ImageReader reader = readers.next();
            try {
                reader.setInput(in);
                if ((long) reader.getWidth(0) * reader.getHeight(0) > MOST_PIXELS) {
                    throw new IOException(reader.getWidth(0) + " x " + reader.getHeight(0) + " pixels are too many");
                }
                return reader.read(0);
            } finally {
                reader.dispose();
            }
        } catch (IOException | RuntimeException e) {
            throw new UncheckedIOException("ImageFolder: an image in PNG, JPEG, BMP or GIF is required. Received: " + file + " ("
                    + e.getMessage() + "). Move the file away, or convert it.", e instanceof IOException io ? io : new IOException(e));
        }
    }

    /** The numbers of an image from 0 to 255, as [row, column, channel]. */
    record Pixels(int height, int width, int channels, int[] values) {
        private static final int OPAQUE = 255;

        static Pixels of(BufferedImage image, int channels) {
            int[] values = new int[image.getHeight() * image.getWidth() * channels];
            int[] rgba = new int[4];
            for (int i = 0; i < image.getHeight() * image.getWidth(); i++) {
                color(image, i % image.getWidth(), i / image.getWidth(), rgba);
                if (channels == 1) {
                    values[i] = gray(rgba);
                } else {
                    System.arraycopy(rgba, 0, values, i * channels, channels);
                }
            }
            return new Pixels(image.getHeight(), image.getWidth(), channels, values);
        }

        /** Taken from the raster where it holds colours: {@code getRGB} would change gray ones for the screen. */
        private static void color(BufferedImage image, int x, int y, int[] rgba) {
            if (!(image.getColorModel() instanceof ComponentColorModel)) {
                int argb = image.getRGB(x, y);
                rgba[0] = argb >> 16 & OPAQUE;
                rgba[1] = argb >> 8 & OPAQUE;
                rgba[2] = argb & OPAQUE;
                rgba[3] = argb >>> 24;
                return;
            }
            Raster raster = image.getRaster();
            int bands = raster.getNumBands();
            int colors = bands < 3 ? 1 : 3;
            for (int i = 0; i < 3; i++) {
                rgba[i] = sample(raster, x, y, Math.min(i, colors - 1));
            }
            rgba[3] = bands > colors ? sample(raster, x, y, colors) : OPAQUE;
        }

        private static int sample(Raster raster, int x, int y, int band) {
            return raster.getSample(x, y, band) >> Math.max(0, raster.getSampleModel().getSampleSize(band) - BYTE);
        }

        /** As libpng computes it, which Keras reads with: ITU-R 601 in parts of 2^15. */
        private static int gray(int[] rgba) {
            return rgba[0] == rgba[1] && rgba[1] == rgba[2] ? rgba[0]
                    : 9798 * rgba[0] + 19235 * rgba[1] + 3735 * rgba[2] >> 15;
        }

        float at(int row, int column, int channel) {
            return values[(row * width + column) * channels + channel];
        }
    }
}
