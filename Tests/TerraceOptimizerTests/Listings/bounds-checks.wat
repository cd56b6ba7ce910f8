;; A memory without guard pages: one check is enough for two accesses.
(module
  (memory 1)
  (memory $m i64 1)
  (func $f (param i64) (result i32)
    (i32.add (i32.load $m offset=4 (local.get 0)) (i32.load $m (local.get 0)))))

;; Graph
;; b0:
;;   check bounds p0:i64+8 in memory 1
;;   v0 = memory.base 1
;;   v1 = i64.add p0:i64, v0
;;   v2 = i32.load [v1+4]
;;   v3 = i32.load [v1+0]
;;   v4 = i32.add v2, v3
;;   return v4
;; Code
;; prologue:
;;   0000  55                             push rbp
;;   0001  48 89 e5                       mov rbp, rsp
;;   0004  41 56                          push r14
;; b0:
;;   0006  48 89 f8                       mov rax, rdi
;;   0009  48 83 c0 08                    add rax, 8
;;   000d  0f 82 20 00 00 00              jb +0x33
;;   0013  4d 8b 5e 48                    mov r11, [r14 + 72]
;;   0017  49 3b 43 08                    cmp rax, [r11 + 8]
;;   001b  0f 87 12 00 00 00              ja +0x33
;;   0021  49 8b 46 48                    mov rax, [r14 + 72]
;;   0025  48 8b 00                       mov rax, [rax]
;;   0028  8b 4c 07 04                    mov ecx, [rdi + rax + 4]
;;   002c  03 0c 07                       add ecx, [rdi + rax]
;;   002f  89 c8                          mov eax, ecx
;;   0031  c9                             leave
;;   0032  c3                             ret
;; outOfLine:
;;   0033  0f 0b                          ud2
