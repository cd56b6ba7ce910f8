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
;; b0:
;;   0000  48 89 f8                       mov rax, rdi
;;   0003  48 83 c0 08                    add rax, 8
;;   0007  0f 82 1f 00 00 00              jb +0x2c
;;   000d  4d 8b 5e 48                    mov r11, [r14 + 72]
;;   0011  49 3b 43 08                    cmp rax, [r11 + 8]
;;   0015  0f 87 11 00 00 00              ja +0x2c
;;   001b  49 8b 46 48                    mov rax, [r14 + 72]
;;   001f  48 8b 00                       mov rax, [rax]
;;   0022  8b 4c 07 04                    mov ecx, [rdi + rax + 4]
;;   0026  03 0c 07                       add ecx, [rdi + rax]
;;   0029  89 c8                          mov eax, ecx
;;   002b  c3                             ret
;; outOfLine:
;;   002c  0f 0b                          ud2
