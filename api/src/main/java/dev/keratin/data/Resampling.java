package dev.keratin.data;

/** Resizes a window of an image, pixels at the middle of their places. */
record Resampling(ImageReading.Pixels pixels, Window window, boolean bilinear) {
    /** A part of an image. */
    record Window(int top, int left, int height, int width) {
        static Window all(ImageReading.Pixels pixels) {
            return new Window(0, 0, pixels.height(), pixels.width());
        }

        /** The largest part in the middle with an aspect ratio. */
        static Window middle(ImageReading.Pixels pixels, int height, int width) {
            int high = Math.max(1, Math.min(pixels.height(), (int) ((float) (pixels.width() * height) / width)));
            int wide = Math.max(1, Math.min(pixels.width(), (int) ((float) (pixels.height() * width) / height)));
            return new Window((pixels.height() - high) / 2, (pixels.width() - wide) / 2, high, wide);
        }
    }

    /** Writes the resized image as [row, column, channel]. */
    void write(int height, int width, float[] to, int offset) {
        float down = (float) window.height / height;
        float across = (float) window.width / width;
        int next = offset;
        for (int row = 0; row < height; row++) {
            for (int column = 0; column < width; column++) {
                for (int channel = 0; channel < pixels.channels(); channel++) {
                    to[next++] = bilinear ? mixed((row + 0.5f) * down - 0.5f, (column + 0.5f) * across - 0.5f, channel)
                            : at((int) ((row + 0.5f) * down), (int) ((column + 0.5f) * across), channel);
                }
            }
        }
    }

    private float mixed(float y, float x, int channel) {
        int top = (int) Math.floor(y);
        int left = (int) Math.floor(x);
        float right = x - left;
        float upper = at(top, left, channel) + (at(top, left + 1, channel) - at(top, left, channel)) * right;
        float lower = at(top + 1, left, channel) + (at(top + 1, left + 1, channel) - at(top + 1, left, channel)) * right;
        return upper + (lower - upper) * (y - top);
    }

    /** The pixel of the window; the nearest of those beyond its edge. */
    private float at(int row, int column, int channel) {
        return pixels.at(window.top + Math.max(0, Math.min(window.height - 1, row)),
                window.left + Math.max(0, Math.min(window.width - 1, column)), channel);
    }
}
