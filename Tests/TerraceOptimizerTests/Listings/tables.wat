;; An element of a table is read and written.
(module
  (table $t 10 externref)
  (func $f (param i32 i32) (result i32)
    (table.set $t (local.get 1) (table.get $t (local.get 0)))
    (table.size $t)))

;; Graph
;; b0:
;;   v0 = table.get 0[p0:i32]
;;   table.set 0[p1:i32], v0
;;   v1 = table.size 0: i32
;;   return v1
;; Code
;; b0:
;;   0000  4d 8b 5e 40                    mov r11, [r14 + 64]
;;   0004  49 3b 7b 08                    cmp rdi, [r11 + 8]
;;   0008  0f 83 24 00 00 00              jae +0x32
;;   000e  4d 8b 1b                       mov r11, [r11]
;;   0011  49 8b 04 fb                    mov rax, [r11 + rdi*8]
;;   0015  4d 8b 5e 40                    mov r11, [r14 + 64]
;;   0019  49 3b 73 08                    cmp rsi, [r11 + 8]
;;   001d  0f 83 11 00 00 00              jae +0x34
;;   0023  4d 8b 1b                       mov r11, [r11]
;;   0026  49 89 04 f3                    mov [r11 + rsi*8], rax
;;   002a  49 8b 46 40                    mov rax, [r14 + 64]
;;   002e  8b 40 08                       mov eax, [rax + 8]
;;   0031  c3                             ret
;; outOfLine:
;;   0032  0f 0b                          ud2
;;   0034  0f 0b                          ud2
