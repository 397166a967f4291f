package dev.keratin.bench;

import java.math.BigDecimal;
import java.math.MathContext;
import java.util.Locale;
import java.util.Map;
import java.util.function.IntToDoubleFunction;

/**
 * Measurements over a count, both axes logarithmic, as an SVG image; a dashed line through the last of them has the slope of
 * what is proportional to the count.
 *
 * @param xLabel what is counted
 * @param yLabel the unit of what is measured
 * @param points measurements by count, both above zero
 */
record Plot(String xLabel, String yLabel, Map<Integer, Double> points) {
    private static final int WIDTH = 480;
    private static final int HEIGHT = 320;
    private static final int MARGIN = 60;

    /** The image as text. */
    String svg() {
        StringBuilder svg = new StringBuilder(String.format(Locale.ROOT, "<svg xmlns=\"http://www.w3.org/2000/svg\""
                + " viewBox=\"0 0 %d %d\" font-family=\"sans-serif\" font-size=\"11\">%n<rect width=\"100%%\" height=\"100%%\""
                + " fill=\"white\"/>%n", WIDTH, HEIGHT));
        svg.append(text(WIDTH / 2.0, HEIGHT - 12.0, "middle", xLabel)).append(text(MARGIN - 6.0, 24, "end", yLabel));
        points.keySet().forEach(count -> svg.append(text(x(count), HEIGHT - MARGIN + 18.0, "middle", count.toString())));
        for (double tick = Math.pow(10, Math.floor(Math.log10(least()))); tick <= most(); tick *= 10) {
            if (tick >= least()) {
                String label = new BigDecimal(tick, MathContext.DECIMAL32).stripTrailingZeros().toPlainString();
                svg.append(text(MARGIN - 6.0, y(tick) + 4, "end", label));
            }
        }
        svg.append(line("stroke=\"gray\" stroke-dasharray=\"4\"", this::proportional));
        svg.append(line("stroke=\"#1f6feb\" stroke-width=\"2\"", points::get));
        points.forEach((count, value) -> svg.append(String.format(Locale.ROOT,
                "<circle cx=\"%.1f\" cy=\"%.1f\" r=\"3\" fill=\"#1f6feb\"/>%n", x(count), y(value))));
        return svg.append("</svg>\n").toString();
    }

    private double least() {
        return Math.min(points.values().stream().mapToDouble(each -> each).min().orElseThrow(), proportional(counts()[0]));
    }

    private double most() {
        return points.values().stream().mapToDouble(each -> each).max().orElseThrow();
    }

    private int[] counts() {
        return points.keySet().stream().mapToInt(each -> each).sorted().toArray();
    }

    private double proportional(int count) {
        int[] counts = counts();
        int last = counts[counts.length - 1];
        return points.get(last) * count / last;
    }

    private double x(int count) {
        int[] counts = counts();
        return MARGIN + (WIDTH - 1.5 * MARGIN) * fraction(count, counts[0], counts[counts.length - 1]);
    }

    private double y(double value) {
        return HEIGHT - MARGIN - (HEIGHT - 1.5 * MARGIN) * fraction(value, least(), most());
    }

    private static double fraction(double value, double low, double high) {
        return Math.log(value / low) / Math.log(high / low);
    }

    private String line(String style, IntToDoubleFunction value) {
        StringBuilder path = new StringBuilder();
        for (int count : counts()) {
            path.append(String.format(Locale.ROOT, "%.1f,%.1f ", x(count), y(value.applyAsDouble(count))));
        }
        return "<polyline fill=\"none\" " + style + " points=\"" + path.toString().strip() + "\"/>\n";
    }

    private static String text(double x, double y, String anchor, String content) {
        return String.format(Locale.ROOT, "<text x=\"%.1f\" y=\"%.1f\" text-anchor=\"%s\">%s</text>%n", x, y, anchor, content);
    }
}
