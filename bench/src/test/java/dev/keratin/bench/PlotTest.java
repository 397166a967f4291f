package dev.keratin.bench;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.junit.jupiter.api.Test;

class PlotTest {
    @Test
    void svg_twoDecades_placesPointsAndTicksByTheirLogarithms() {
        String svg = new Plot("layers", "ms", Map.of(1, 10.0, 10, 100.0, 100, 1000.0)).svg();

        assertThat(svg).startsWith("<svg xmlns=\"http://www.w3.org/2000/svg\"").endsWith("</svg>\n")
                .contains("<circle cx=\"60.0\" cy=\"260.0\"", "<circle cx=\"255.0\" cy=\"145.0\"", "<circle cx=\"450.0\" cy=\"30.0\"")
                .contains(">10</text>", ">100</text>", ">1000</text>", ">layers</text>", ">ms</text>");
    }

    @Test
    void svg_notProportional_drawsTheProportionalLineThroughTheLastPoint() {
        String svg = new Plot("layers", "ms", Map.of(1, 100.0, 10, 100.0)).svg();

        assertThat(svg).contains("stroke-dasharray=\"4\" points=\"60.0,260.0 450.0,30.0\"")
                .contains("stroke-width=\"2\" points=\"60.0,30.0 450.0,30.0\"");
    }
}
