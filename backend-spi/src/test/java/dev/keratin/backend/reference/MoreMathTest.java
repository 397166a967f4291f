package dev.keratin.backend.reference;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.withinPercentage;

import java.util.function.DoubleUnaryOperator;
import org.junit.jupiter.api.Test;

/** Against values computed with mpmath 1.3.0 to 50 digits. */
final class MoreMathTest {
    /** A relative error of 4e-15, some 20 units in the last place, in percent. */
    private static final double PERCENT = 4e-13;

    @Test
    void erf_sample_isTheTrueValue() {
        check(ErrorFunction::erf, 1e-10, 1.1283791670955126e-10);
        check(ErrorFunction::erf, 0.3, 0.3286267594591274);
        check(ErrorFunction::erf, 0.999, 0.8422852702064969);
        check(ErrorFunction::erf, 1.001, 0.8431154854780762);
        check(ErrorFunction::erf, -2.5, -0.999593047982555);
        check(ErrorFunction::erf, 4.0, 0.9999999845827421);
    }

    @Test
    void erfc_sample_isTheTrueValue() {
        check(ErrorFunction::erfc, -1.5, 1.9661051464753108);
        check(ErrorFunction::erfc, 0.4, 0.5716076449533315);
        check(ErrorFunction::erfc, 0.999, 0.15771472979350307);
        check(ErrorFunction::erfc, 1.001, 0.15688451452192373);
        check(ErrorFunction::erfc, 3.0, 2.209049699858544e-05);
        check(ErrorFunction::erfc, 8.0, 1.1224297172982926e-29);
        check(ErrorFunction::erfc, 26.0, 5.663192408856143e-296);
    }

    @Test
    void erfinv_sample_isTheTrueValue() {
        check(ErrorFunction::inverse, 1e-12, 8.86226925452758e-13);
        check(ErrorFunction::inverse, -0.2, -0.1791434546212917);
        check(ErrorFunction::inverse, 0.4999, 0.4768250236254278);
        check(ErrorFunction::inverse, 0.5001, 0.4770475405909757);
        check(ErrorFunction::inverse, 0.99, 1.8213863677184494);
        check(ErrorFunction::inverse, -0.999999, -3.458910737275499);
        check(ErrorFunction::inverse, 0.9999999999990905, 5.05125408524939);
    }

    @Test
    void log2_sample_isTheTrueValue() {
        check(MoreMath::log2, 0.99999, -1.4427022544056922e-05);
        check(MoreMath::log2, 1.00001, 1.4426878274712997e-05);
        check(MoreMath::log2, 3.0, 1.584962500721156);
        check(MoreMath::log2, 1e-300, -996.5784284662087);
        check(MoreMath::log2, 1e+300, 996.5784284662087);
    }

    @Test
    void asinh_sample_isTheTrueValue() {
        check(MoreMath::asinh, 1e-09, 1e-09);
        check(MoreMath::asinh, -0.5, -0.48121182505960347);
        check(MoreMath::asinh, 3.0, 1.8184464592320668);
        check(MoreMath::asinh, 1000000000000.0, 28.324168296488494);
    }

    @Test
    void acosh_sample_isTheTrueValue() {
        check(MoreMath::acosh, 1.0000001, 0.0004472135919037347);
        check(MoreMath::acosh, 1.5, 0.9624236501192069);
        check(MoreMath::acosh, 1000000000000.0, 28.324168296488494);
    }

    @Test
    void atanh_sample_isTheTrueValue() {
        check(MoreMath::atanh, 1e-09, 1e-09);
        check(MoreMath::atanh, -0.5, -0.5493061443340549);
        check(MoreMath::atanh, 0.999999, 7.254328619247669);
    }

    @Test
    void sigmoid_sample_isTheTrueValue() {
        check(MoreMath::sigmoid, -700.0, 9.85967654375977e-305);
        check(MoreMath::sigmoid, -3.0, 0.04742587317756678);
        check(MoreMath::sigmoid, 0.1, 0.52497918747894);
        check(MoreMath::sigmoid, 30.0, 0.9999999999999064);
    }

    private static void check(DoubleUnaryOperator function, double x, double expected) {
        assertThat(function.applyAsDouble(x)).as("at %s", x).isCloseTo(expected, withinPercentage(PERCENT));
    }

    @Test
    void errorFunctions_atTheEnds_areTheLimits() {
        assertThat(ErrorFunction.erf(Double.NEGATIVE_INFINITY)).isEqualTo(-1);
        assertThat(ErrorFunction.erfc(Double.POSITIVE_INFINITY)).isZero();
        assertThat(ErrorFunction.erfc(Double.NEGATIVE_INFINITY)).isEqualTo(2);
        assertThat(ErrorFunction.inverse(1)).isEqualTo(Double.POSITIVE_INFINITY);
        assertThat(ErrorFunction.inverse(-1)).isEqualTo(Double.NEGATIVE_INFINITY);
        assertThat(ErrorFunction.inverse(1.5)).isNaN();
        assertThat(ErrorFunction.erf(Double.NaN)).isNaN();
        assertThat(ErrorFunction.erfc(Double.NaN)).isNaN();
        assertThat(ErrorFunction.inverse(Double.NaN)).isNaN();
    }

    @Test
    void log2_powersOfTwo_areExact() {
        for (int exponent = -1074; exponent < 1024; exponent++) {
            assertThat(MoreMath.log2(Math.scalb(1.0, exponent))).isEqualTo(exponent);
        }
    }

    @Test
    void hyperbolicInverses_outsideOfTheirDomains_areNaN() {
        assertThat(MoreMath.acosh(0.5)).isNaN();
        assertThat(MoreMath.atanh(-2)).isNaN();
        assertThat(MoreMath.atanh(1)).isEqualTo(Double.POSITIVE_INFINITY);
        assertThat(MoreMath.asinh(Double.NEGATIVE_INFINITY)).isEqualTo(Double.NEGATIVE_INFINITY);
    }

    @Test
    void sigmoid_farOut_neitherOverflowsNorIsNaN() {
        assertThat(MoreMath.sigmoid(-1000)).isZero();
        assertThat(MoreMath.sigmoid(1000)).isEqualTo(1);
        assertThat(MoreMath.sigmoid(Double.NaN)).isNaN();
    }
}
