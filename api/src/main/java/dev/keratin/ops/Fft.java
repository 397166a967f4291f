package dev.keratin.ops;

import dev.keratin.Complex;
import dev.keratin.Ops;
import dev.keratin.Tensor;
import dev.keratin.backend.Shape;
import dev.keratin.backend.ir.ScatterKind;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Discrete Fourier transforms, {@code X[k] = sum over n of x[n] e^(-2 pi i k n / N)}, and spectrograms. Complex numbers are
 * pairs of tensors. Lengths with small factors are fast, a prime length N takes N^2 steps. Differentiable.
 */
public final class Fft {
    private Fft() {}

    /** The transform along the last axis. */
    public static Complex fft(Complex x) {
        return pair("fft", x, in -> Dft.forward(in));
    }

    /** The transform along the last two axes. */
    public static Complex fft2(Complex x) {
        return pair("fft2", x, in -> swapped(Dft.forward(swapped(Dft.forward(in)))));
    }

    /** The inverse of {@link #fft2}. */
    public static Complex ifft2(Complex x) {
        return pair("ifft2", x, in -> swapped(Dft.inverse(swapped(Dft.inverse(in)))));
    }

    /** The first N / 2 + 1 elements of the transform of real numbers along the last axis; the others mirror them. */
    public static Complex rfft(Tensor x) {
        return rfft(x, 0);
    }

    /** {@link #rfft(Tensor)} of the numbers cut or filled with zeros to a length; 0 keeps theirs. */
    public static Complex rfft(Tensor x, int fftLength) {
        List<Tensor> both = Composite.all("rfft", List.of(x), in -> {
            int length = fftLength > 0 ? fftLength : (int) in.get(0).shape().dim(-1);
            Tensor fitted = Dft.fitted(in.get(0), length);
            Complex all = Dft.forward(new Complex(fitted, Ops.zerosLike(fitted)));
            return List.of(Dft.fitted(all.real(), length / 2 + 1), Dft.fitted(all.imag(), length / 2 + 1));
        });
        return new Complex(both.get(0), both.get(1));
    }

    /** The inverse of {@link #rfft(Tensor)}, of even length. */
    public static Tensor irfft(Complex x) {
        return irfft(x, 0);
    }

    /** The real numbers of a length whose transform begins with x; 0 is twice one less than there are elements. */
    public static Tensor irfft(Complex x, int fftLength) {
        return Composite.call("irfft", List.of(x.real(), x.imag()), in -> {
            int length = fftLength > 0 ? fftLength : 2 * ((int) in.get(0).shape().dim(-1) - 1);
            Tensor real = Dft.fitted(in.get(0), length / 2 + 1);
            Tensor imag = Dft.fitted(in.get(1), length / 2 + 1);
            int mirrored = (length - 1) / 2;
            String tail = "..., " + mirrored + ":0:-1";
            Tensor allReal = mirrored == 0 ? real : Ops.concatenate(List.of(real, Ops.getItem(real, tail)), -1);
            Tensor allImag = mirrored == 0 ? imag : Ops.concatenate(List.of(imag, Ops.negative(Ops.getItem(imag, tail))), -1);
            return Dft.inverse(new Complex(allReal, allImag)).real();
        });
    }

    /**
     * The transforms of overlapping windows along the last axis: [..., windows, fftLength / 2 + 1].
     *
     * @param sequenceLength of the windows, at most fftLength
     * @param sequenceStride from one window to the next
     * @param window {@code "hann"}, {@code "hamming"} or null for none
     * @param center whether the first window is centred at the first element, the signal mirrored around
     */
    public static Complex stft(Tensor x, int sequenceLength, int sequenceStride, int fftLength, @Nullable String window, boolean center) {
        requireLengths("stft", sequenceLength, fftLength);
        List<Tensor> both = Composite.all("stft", List.of(x), in -> {
            Tensor signal = in.get(0);
            int[][] widths = new int[signal.rank()][2];
            widths[signal.rank() - 1] = new int[] {fftLength / 2, fftLength / 2};
            Tensor padded = center ? Ops.pad(signal, widths, "reflect") : signal;
            Tensor frames = Ops.extractSequences(padded, fftLength, sequenceStride);
            Tensor weights = window == null ? null : Dft.window(window, sequenceLength, fftLength, signal.dtype());
            Complex all = rfft(weights == null ? frames : Ops.multiply(frames, weights));
            return List.of(all.real(), all.imag());
        });
        return new Complex(both.get(0), both.get(1));
    }

    /**
     * The signal whose {@link #stft} is x, windows overlapping and added.
     *
     * @param length of the result; 0 is all there is
     */
    public static Tensor istft(Complex x, int sequenceLength, int sequenceStride, int fftLength, int length,
            @Nullable String window, boolean center) {
        requireLengths("istft", sequenceLength, fftLength);
        return Composite.call("istft", List.of(x.real(), x.imag()), in -> {
            Tensor frames = irfft(new Complex(in.get(0), in.get(1)), fftLength);
            Tensor weighted = window == null ? frames : Ops.multiply(frames,
                    Dft.inverseWindow(Dft.window(window, sequenceLength, fftLength, frames.dtype()), sequenceStride));
            Tensor signal = overlapAdded(weighted, sequenceStride);
            long all = signal.shape().dim(-1);
            long start = center ? fftLength / 2 : 0;
            long end = length > 0 ? Math.min(start + length, all) : center ? all - fftLength / 2 : all;
            return Ops.getItem(signal, "..., " + start + ":" + end);
        });
    }

    private static Tensor overlapAdded(Tensor frames, int stride) {
        Shape shape = frames.shape();
        long count = shape.dim(-2);
        long width = shape.dim(-1);
        long length = (count - 1) * stride + width;
        Tensor place = Ops.add(Ops.expandDims(Ops.multiply(Ops.arange(count), stride), 1), Ops.arange(width));
        Tensor columns = Ops.transpose(Ops.reshape(frames, -1, count * width));
        Tensor sums = Ops.scatterUpdate(Ops.zeros(Shape.of(length, columns.shape().dim(1)), frames.dtype()),
                Ops.reshape(place, -1, 1), columns, ScatterKind.ADD);
        return Ops.reshape(Ops.transpose(sums), shape.subShape(0, shape.rank() - 2).concat(Shape.of(length)));
    }

    private static Complex swapped(Complex x) {
        return new Complex(Ops.swapaxes(x.real(), -1, -2), Ops.swapaxes(x.imag(), -1, -2));
    }

    private static Complex pair(String who, Complex x, java.util.function.UnaryOperator<Complex> transform) {
        if (!x.real().type().equals(x.imag().type()) || !x.real().dtype().isFloating()) {
            throw new IllegalArgumentException(who + ": floating real and imaginary parts of the same type are required. Received: "
                    + x.real().type() + " and " + x.imag().type() + ". Cast, or use zerosLike for real numbers.");
        }
        List<Tensor> both = Composite.all(who, List.of(x.real(), x.imag()), in -> {
            Complex result = transform.apply(new Complex(in.get(0), in.get(1)));
            return List.of(result.real(), result.imag());
        });
        return new Complex(both.get(0), both.get(1));
    }

    private static void requireLengths(String who, int sequenceLength, int fftLength) {
        if (sequenceLength > fftLength) {
            throw new IllegalArgumentException(who + ": an fftLength of at least the sequenceLength is required. Received: fftLength="
                    + fftLength + ", sequenceLength=" + sequenceLength + ". Take the next power of 2.");
        }
    }
}
