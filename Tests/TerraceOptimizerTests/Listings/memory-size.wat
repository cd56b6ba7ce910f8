;; The size of a memory before and after it grows.
(module
  (memory 1)
  (func $f (param i32) (result i32)
    (i32.add (memory.size) (i32.add (memory.grow (local.get 0)) (memory.size)))))

;; Graph
;; b0:
;;   v0 = memory.size 0: i32
;;   v1 = i64.extend_i32_u p0:i32
;;   v2 = call memoryGrow(0L, v1): i64
;;   v3 = i32.wrap_i64 v2
;;   v4 = memory.size 0: i32
;;   v5 = i32.add v3, v4
;;   v6 = i32.add v0, v5
;;   return v6
;; Code
;; prologue:
;;   0000  55                             push rbp
;;   0001  48 89 e5                       mov rbp, rsp
;;   0004  41 56                          push r14
;;   0006  48 83 ec 28                    sub rsp, 40
;;   000a  49 3b 26                       cmp rsp, [r14]
;;   000d  0f 82 34 00 00 00              jb +0x47
;; b0:
;;   0013  49 8b 4e 40                    mov rcx, [r14 + 64]
;;   0017  48 8b 49 08                    mov rcx, [rcx + 8]
;;   001b  48 c1 e9 10                    shr rcx, 16
;;   001f  89 c9                          mov ecx, ecx
;;   0021  89 4d d8                       mov [rbp - 40], ecx
;;   0024  89 fa                          mov edx, edi
;;   0026  31 f6                          xor esi, esi
;;   0028  4d 8b 5e 20                    mov r11, [r14 + 32]
;;   002c  41 ff 53 08                    call [r11 + 8]
;;   0030  49 8b 4e 40                    mov rcx, [r14 + 64]
;;   0034  48 8b 49 08                    mov rcx, [rcx + 8]
;;   0038  48 c1 e9 10                    shr rcx, 16
;;   003c  89 c9                          mov ecx, ecx
;;   003e  01 c8                          add eax, ecx
;;   0040  8b 4d d8                       mov ecx, [rbp - 40]
;;   0043  01 c8                          add eax, ecx
;;   0045  c9                             leave
;;   0046  c3                             ret
;; outOfLine:
;;   0047  0f 0b                          ud2
