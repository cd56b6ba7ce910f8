;; Constants are made where they are used, not kept in memory.
(module
  (import "m" "g" (func $g (param i64) (result i64)))
  (func $f (param i64) (result i64)
    (i64.add (call $g (i64.mul (local.get 0) (i64.const 0x123456789abcdef)))
      (i64.xor (local.get 0) (i64.const 0x123456789abcdef)))))

;; Graph
;; b0:
;;   v0 = i64.mul p0:i64, 81985529216486895L
;;   v1 = call import f0(v0): i64
;;   v2 = i64.xor p0:i64, 81985529216486895L
;;   v3 = i64.add v1, v2
;;   return v3
;; Code
;; prologue:
;;   0000  55                             push rbp
;;   0001  48 89 e5                       mov rbp, rsp
;;   0004  41 56                          push r14
;;   0006  48 83 ec 28                    sub rsp, 40
;;   000a  49 3b 26                       cmp rsp, [r14]
;;   000d  0f 82 3c 00 00 00              jb +0x4f
;; b0:
;;   0013  48 89 7d d8                    mov [rbp - 40], rdi
;;   0017  48 b9 ef cd ab 89 67 45 23 01  movabs rcx, 0x123456789abcdef
;;   0021  48 0f af f9                    imul rdi, rcx
;;   0025  4d 8b 5e 40                    mov r11, [r14 + 64]
;;   0029  4d 8b 73 08                    mov r14, [r11 + 8]
;;   002d  4d 8b 1b                       mov r11, [r11]
;;   0030  4d 8b 7e 10                    mov r15, [r14 + 16]
;;   0034  41 ff 13                       call [r11]
;;   0037  4c 8b 75 f8                    mov r14, [rbp - 8]
;;   003b  4d 8b 7e 10                    mov r15, [r14 + 16]
;;   003f  48 8b 4d d8                    mov rcx, [rbp - 40]
;;   0043  48 33 0d 0e 00 00 00           xor rcx, [rip + 14]
;;   004a  48 01 c8                       add rax, rcx
;;   004d  c9                             leave
;;   004e  c3                             ret
;; outOfLine:
;;   004f  0f 0b                          ud2
;; constants:
;;   0051  cc cc cc cc cc cc cc ef
;;   0059  cd ab 89 67 45 23 01
