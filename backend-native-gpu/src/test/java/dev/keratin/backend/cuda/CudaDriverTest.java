package dev.keratin.backend.cuda;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.ByteBuffer;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;

/** The calls that the driver makes, on a device that is faked behind the libraries' own functions. */
@EnabledOnOs(OS.LINUX)
class CudaDriverTest {
    @BeforeAll
    static void fake() {
        FakeCuda.install();
    }

    @Test
    void reason_fakeDevice_isNone() {
        assertThat(new CudaProbe(Host.here()).reason()).isEmpty();
    }

    @Test
    void describe_fakeDevice_namesDeviceAndLibraries() {
        assertThat(CudaDriver.open().describe()).isEqualTo("Fake device, compute capability 9.0, 4096 MiB;"
                + " driver for CUDA 13.0, NVRTC 13.0, cuBLASLt 130000, cuDNN 91900");
    }

    @Test
    void copyIn_largerThanAPiece_arrivesWhole() {
        CudaDriver driver = CudaDriver.open();
        byte[] bytes = new byte[(9 << 20) + 5];
        new java.util.Random(1).nextBytes(bytes);
        long address = driver.allocate(bytes.length);
        driver.copyIn(ByteBuffer.wrap(bytes), address);
        ByteBuffer back = ByteBuffer.allocate(bytes.length);
        driver.copyOut(address, back);
        assertThat(back.array()).isEqualTo(bytes);
    }
}
