;; Constants that are stored.
(module
  (memory 1)
  (func $f (param i32)
    (i32.store (local.get 0) (i32.const 1000))
    (i64.store offset=8 (local.get 0) (i64.const -1))
    (i32.store8 offset=16 (local.get 0) (i32.const 65))
    (i64.store offset=24 (local.get 0) (i64.const 0x123456789abcdef))))

;; Graph
;; b0:
;;   i32.store mem[p0:i32+0], 1000
;;   i64.store mem[p0:i32+8], -1L
;;   i32.store8 mem[p0:i32+16], 65
;;   i64.store mem[p0:i32+24], 81985529216486895L
;;   return
;; Code
;; b0:
;;   0000  41 c7 04 3f e8 03 00 00        mov dword ptr [r15 + rdi], 1000
;;   0008  49 c7 44 3f 08 ff ff ff ff     mov qword ptr [r15 + rdi + 8], -1
;;   0011  41 c6 44 3f 10 41              mov byte ptr [r15 + rdi + 16], 65
;;   0017  48 b8 ef cd ab 89 67 45 23 01  movabs rax, 0x123456789abcdef
;;   0021  49 89 44 3f 18                 mov [r15 + rdi + 24], rax
;;   0026  c3                             ret
