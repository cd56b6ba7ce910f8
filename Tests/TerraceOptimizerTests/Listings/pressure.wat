;; More values than registers: what is needed latest is in memory.
(module
  (memory 1)
  (func $f (param $base i32) (result i32) (local $a i32) (local $b i32) (local $c i32) (local $d i32) (local $e i32) (local $f i32) (local $g i32) (local $h i32) (local $i i32) (local $j i32) (local $k i32) (local $l i32) (local $m i32) (local $n i32) (local $o i32) (local $p i32) (local $q i32) (local $r i32) (local $s i32) (local $t i32)
    (local.set $a (i32.load offset=0 (local.get $base)))
    (local.set $b (i32.load offset=4 (local.get $base)))
    (local.set $c (i32.load offset=8 (local.get $base)))
    (local.set $d (i32.load offset=12 (local.get $base)))
    (local.set $e (i32.load offset=16 (local.get $base)))
    (local.set $f (i32.load offset=20 (local.get $base)))
    (local.set $g (i32.load offset=24 (local.get $base)))
    (local.set $h (i32.load offset=28 (local.get $base)))
    (local.set $i (i32.load offset=32 (local.get $base)))
    (local.set $j (i32.load offset=36 (local.get $base)))
    (local.set $k (i32.load offset=40 (local.get $base)))
    (local.set $l (i32.load offset=44 (local.get $base)))
    (local.set $m (i32.load offset=48 (local.get $base)))
    (local.set $n (i32.load offset=52 (local.get $base)))
    (local.set $o (i32.load offset=56 (local.get $base)))
    (local.set $p (i32.load offset=60 (local.get $base)))
    (local.set $q (i32.load offset=64 (local.get $base)))
    (local.set $r (i32.load offset=68 (local.get $base)))
    (local.set $s (i32.load offset=72 (local.get $base)))
    (local.set $t (i32.load offset=76 (local.get $base)))
    (i32.store (local.get $base) (i32.const 0))
    (i32.const 0)
    (i32.xor (local.get $a))
    (i32.xor (local.get $b))
    (i32.xor (local.get $c))
    (i32.xor (local.get $d))
    (i32.xor (local.get $e))
    (i32.xor (local.get $f))
    (i32.xor (local.get $g))
    (i32.xor (local.get $h))
    (i32.xor (local.get $i))
    (i32.xor (local.get $j))
    (i32.xor (local.get $k))
    (i32.xor (local.get $l))
    (i32.xor (local.get $m))
    (i32.xor (local.get $n))
    (i32.xor (local.get $o))
    (i32.xor (local.get $p))
    (i32.xor (local.get $q))
    (i32.xor (local.get $r))
    (i32.xor (local.get $s))
    (i32.xor (local.get $t))))

;; Graph
;; b0:
;;   v0 = i32.load mem[p0:i32+0]
;;   v1 = i32.load mem[p0:i32+4]
;;   v2 = i32.load mem[p0:i32+8]
;;   v3 = i32.load mem[p0:i32+12]
;;   v4 = i32.load mem[p0:i32+16]
;;   v5 = i32.load mem[p0:i32+20]
;;   v6 = i32.load mem[p0:i32+24]
;;   v7 = i32.load mem[p0:i32+28]
;;   v8 = i32.load mem[p0:i32+32]
;;   v9 = i32.load mem[p0:i32+36]
;;   v10 = i32.load mem[p0:i32+40]
;;   v11 = i32.load mem[p0:i32+44]
;;   v12 = i32.load mem[p0:i32+48]
;;   v13 = i32.load mem[p0:i32+52]
;;   v14 = i32.load mem[p0:i32+56]
;;   v15 = i32.load mem[p0:i32+60]
;;   v16 = i32.load mem[p0:i32+64]
;;   v17 = i32.load mem[p0:i32+68]
;;   v18 = i32.load mem[p0:i32+72]
;;   v19 = i32.load mem[p0:i32+76]
;;   i32.store mem[p0:i32+0], 0
;;   v20 = i32.xor v0, v1
;;   v21 = i32.xor v2, v20
;;   v22 = i32.xor v3, v21
;;   v23 = i32.xor v4, v22
;;   v24 = i32.xor v5, v23
;;   v25 = i32.xor v6, v24
;;   v26 = i32.xor v7, v25
;;   v27 = i32.xor v8, v26
;;   v28 = i32.xor v9, v27
;;   v29 = i32.xor v10, v28
;;   v30 = i32.xor v11, v29
;;   v31 = i32.xor v12, v30
;;   v32 = i32.xor v13, v31
;;   v33 = i32.xor v14, v32
;;   v34 = i32.xor v15, v33
;;   v35 = i32.xor v16, v34
;;   v36 = i32.xor v17, v35
;;   v37 = i32.xor v18, v36
;;   v38 = i32.xor v19, v37
;;   return v38
;; Code
;; prologue:
;;   0000  55                             push rbp
;;   0001  48 89 e5                       mov rbp, rsp
;;   0004  41 56                          push r14
;;   0006  48 89 5d f0                    mov [rbp - 16], rbx
;;   000a  4c 89 65 e8                    mov [rbp - 24], r12
;;   000e  4c 89 6d e0                    mov [rbp - 32], r13
;; b0:
;;   0012  41 8b 04 3f                    mov eax, [r15 + rdi]
;;   0016  41 8b 4c 3f 04                 mov ecx, [r15 + rdi + 4]
;;   001b  41 8b 54 3f 08                 mov edx, [r15 + rdi + 8]
;;   0020  41 8b 74 3f 0c                 mov esi, [r15 + rdi + 12]
;;   0025  45 8b 44 3f 10                 mov r8d, [r15 + rdi + 16]
;;   002a  45 8b 4c 3f 14                 mov r9d, [r15 + rdi + 20]
;;   002f  45 8b 54 3f 18                 mov r10d, [r15 + rdi + 24]
;;   0034  41 8b 5c 3f 1c                 mov ebx, [r15 + rdi + 28]
;;   0039  45 8b 64 3f 20                 mov r12d, [r15 + rdi + 32]
;;   003e  45 8b 6c 3f 24                 mov r13d, [r15 + rdi + 36]
;;   0043  44 89 6d d8                    mov [rbp - 40], r13d
;;   0047  45 8b 6c 3f 28                 mov r13d, [r15 + rdi + 40]
;;   004c  44 89 6d d0                    mov [rbp - 48], r13d
;;   0050  45 8b 6c 3f 2c                 mov r13d, [r15 + rdi + 44]
;;   0055  44 89 6d c8                    mov [rbp - 56], r13d
;;   0059  45 8b 6c 3f 30                 mov r13d, [r15 + rdi + 48]
;;   005e  44 89 6d c0                    mov [rbp - 64], r13d
;;   0062  45 8b 6c 3f 34                 mov r13d, [r15 + rdi + 52]
;;   0067  44 89 6d b8                    mov [rbp - 72], r13d
;;   006b  45 8b 6c 3f 38                 mov r13d, [r15 + rdi + 56]
;;   0070  44 89 6d b0                    mov [rbp - 80], r13d
;;   0074  45 8b 6c 3f 3c                 mov r13d, [r15 + rdi + 60]
;;   0079  44 89 6d a8                    mov [rbp - 88], r13d
;;   007d  45 8b 6c 3f 40                 mov r13d, [r15 + rdi + 64]
;;   0082  44 89 6d a0                    mov [rbp - 96], r13d
;;   0086  45 8b 6c 3f 44                 mov r13d, [r15 + rdi + 68]
;;   008b  44 89 6d 98                    mov [rbp - 104], r13d
;;   008f  45 8b 6c 3f 48                 mov r13d, [r15 + rdi + 72]
;;   0094  44 89 6d 90                    mov [rbp - 112], r13d
;;   0098  45 8b 6c 3f 4c                 mov r13d, [r15 + rdi + 76]
;;   009d  41 c7 04 3f 00 00 00 00        mov dword ptr [r15 + rdi], 0
;;   00a5  31 c8                          xor eax, ecx
;;   00a7  31 c2                          xor edx, eax
;;   00a9  31 d6                          xor esi, edx
;;   00ab  41 31 f0                       xor r8d, esi
;;   00ae  45 31 c1                       xor r9d, r8d
;;   00b1  45 31 ca                       xor r10d, r9d
;;   00b4  44 31 d3                       xor ebx, r10d
;;   00b7  41 31 dc                       xor r12d, ebx
;;   00ba  8b 45 d8                       mov eax, [rbp - 40]
;;   00bd  44 31 e0                       xor eax, r12d
;;   00c0  8b 4d d0                       mov ecx, [rbp - 48]
;;   00c3  31 c1                          xor ecx, eax
;;   00c5  8b 45 c8                       mov eax, [rbp - 56]
;;   00c8  31 c8                          xor eax, ecx
;;   00ca  8b 4d c0                       mov ecx, [rbp - 64]
;;   00cd  31 c1                          xor ecx, eax
;;   00cf  8b 45 b8                       mov eax, [rbp - 72]
;;   00d2  31 c8                          xor eax, ecx
;;   00d4  8b 4d b0                       mov ecx, [rbp - 80]
;;   00d7  31 c1                          xor ecx, eax
;;   00d9  8b 45 a8                       mov eax, [rbp - 88]
;;   00dc  31 c8                          xor eax, ecx
;;   00de  8b 4d a0                       mov ecx, [rbp - 96]
;;   00e1  31 c1                          xor ecx, eax
;;   00e3  8b 45 98                       mov eax, [rbp - 104]
;;   00e6  31 c8                          xor eax, ecx
;;   00e8  8b 4d 90                       mov ecx, [rbp - 112]
;;   00eb  31 c1                          xor ecx, eax
;;   00ed  44 89 e8                       mov eax, r13d
;;   00f0  31 c8                          xor eax, ecx
;;   00f2  48 8b 5d f0                    mov rbx, [rbp - 16]
;;   00f6  4c 8b 65 e8                    mov r12, [rbp - 24]
;;   00fa  4c 8b 6d e0                    mov r13, [rbp - 32]
;;   00fe  c9                             leave
;;   00ff  c3                             ret
