"""Makes system calls through the 32-bit gate (int 0x80), whose numbers mean something else to a filter.

[machine]
only = "x86_64"

[expect]
outcome = ["ok", "runtime_error"]
never = ["got in"]
"""

import ctypes
import mmap

# push rbx; mov eax, edi; mov ebx, esi; int 0x80; pop rbx; ret
CODE = bytes.fromhex("53 89 f8 89 f3 cd 80 5b c3")
area = mmap.mmap(-1, mmap.PAGESIZE, prot=mmap.PROT_READ | mmap.PROT_WRITE | mmap.PROT_EXEC)
area.write(CODE)
call = ctypes.CFUNCTYPE(ctypes.c_int, ctypes.c_int, ctypes.c_int)(ctypes.addressof(ctypes.c_char.from_buffer(area)))
for name, number, argument in (("unshare", 310, 0x10000000), ("ptrace", 26, 0), ("personality", 136, 0x40000)):
    if call(number, argument) >= 0:
        print("got in by", name)
print("done")
