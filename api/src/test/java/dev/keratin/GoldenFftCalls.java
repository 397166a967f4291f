package dev.keratin;

import dev.keratin.ops.Fft;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

/** How Fourier transforms are called. */
final class GoldenFftCalls {
    private GoldenFftCalls() {}

    static void addTo(Map<String, Function<GoldenCall, List<Tensor>>> table) {
        table.put("fft", c -> parts(Fft.fft(complex(c))));
        table.put("fft2", c -> parts(Fft.fft2(complex(c))));
        table.put("ifft2", c -> parts(Fft.ifft2(complex(c))));
        table.put("rfft", c -> parts(Fft.rfft(c.tensor(0), c.keyword("fft_length").asInt(0))));
        table.put("irfft", c -> List.of(Fft.irfft(complex(c), c.keyword("fft_length").asInt(0))));
        table.put("stft", c -> parts(Fft.stft(c.tensor(0), c.integer("sequence_length"), c.integer("sequence_stride"),
                c.integer("fft_length"), c.keyword("window").asText("hann"), c.keyword("center").asBoolean(true))));
        table.put("istft", c -> List.of(Fft.istft(complex(c), c.integer("sequence_length"), c.integer("sequence_stride"),
                c.integer("fft_length"), c.keyword("length").asInt(0), c.keyword("window").asText("hann"),
                c.keyword("center").asBoolean(true))));
    }

    private static Complex complex(GoldenCall call) {
        return new Complex(call.tensor(0), call.tensor(1));
    }

    private static List<Tensor> parts(Complex x) {
        return List.of(x.real(), x.imag());
    }
}
