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
;; prologue:
;;   0000  55                             push rbp
;;   0001  48 89 e5                       mov rbp, rsp
;;   0004  41 56                          push r14
;; b0:
;;   0006  4d 8b 5e 40                    mov r11, [r14 + 64]
;;   000a  49 3b 7b 08                    cmp rdi, [r11 + 8]
;;   000e  0f 83 25 00 00 00              jae +0x39
;;   0014  4d 8b 1b                       mov r11, [r11]
;;   0017  49 8b 04 fb                    mov rax, [r11 + rdi*8]
;;   001b  4d 8b 5e 40                    mov r11, [r14 + 64]
;;   001f  49 3b 73 08                    cmp rsi, [r11 + 8]
;;   0023  0f 83 12 00 00 00              jae +0x3b
;;   0029  4d 8b 1b                       mov r11, [r11]
;;   002c  49 89 04 f3                    mov [r11 + rsi*8], rax
;;   0030  49 8b 46 40                    mov rax, [r14 + 64]
;;   0034  8b 40 08                       mov eax, [rax + 8]
;;   0037  c9                             leave
;;   0038  c3                             ret
;; outOfLine:
;;   0039  0f 0b                          ud2
;;   003b  0f 0b                          ud2
