package dev.keratin.backend.cuda;

import dev.keratin.backend.spi.OutOfBackendMemoryException;

/** Device memory of one backend, counted. Every method holds the lock that guards the driver. */
final class DeviceMemory {
    private final GpuDriver driver;
    private long allocatedBytes;

    DeviceMemory(GpuDriver driver) {
        this.driver = driver;
    }

    GpuDriver driver() {
        return driver;
    }

    /**
     * New memory; 0 for no bytes.
     *
     * @param who what it is for, in messages
     */
    synchronized long allocate(long bytes, String who) {
        if (bytes == 0) {
            return 0;
        }
        long address = driver.allocate(bytes);
        if (address == 0) {
            throw new OutOfBackendMemoryException("cuda: " + bytes + " bytes of device memory are required for " + who
                    + ". Received: none, " + allocatedBytes + " bytes are in use. Close tensors and models that are not"
                    + " needed, or use smaller batches.");
        }
        allocatedBytes += bytes;
        return address;
    }

    synchronized void free(long address, long bytes) {
        if (address != 0) {
            driver.free(address);
            allocatedBytes -= bytes;
        }
    }

    synchronized long allocatedBytes() {
        return allocatedBytes;
    }
}
