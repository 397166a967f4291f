package dev.keratin.backend.reference;

/** A complex number. */
record Complex(double re, double im) {
    static final Complex ZERO = new Complex(0, 0);
    static final Complex ONE = new Complex(1, 0);

    Complex plus(Complex other) {
        return new Complex(re + other.re, im + other.im);
    }

    Complex minus(Complex other) {
        return new Complex(re - other.re, im - other.im);
    }

    Complex times(Complex other) {
        return new Complex(re * other.re - im * other.im, re * other.im + im * other.re);
    }

    Complex times(double factor) {
        return new Complex(re * factor, im * factor);
    }

    Complex over(Complex other) {
        double size = other.abs();
        Complex unit = other.conjugate().times(1 / size);
        return times(unit).times(1 / size);
    }

    Complex conjugate() {
        return new Complex(re, -im);
    }

    double abs() {
        return Math.hypot(re, im);
    }

    /** The root with a real part of at least 0. */
    Complex sqrt() {
        double real = Math.sqrt((abs() + Math.abs(re)) / 2);
        if (real == 0) {
            return ZERO;
        }
        return re >= 0 ? new Complex(real, im / (2 * real)) : new Complex(Math.abs(im) / (2 * real), Math.copySign(real, im));
    }
}
