;; A call out of the module.
(module
  (import "m" "g" (func $g (param i64 f64) (result f64)))
  (func $f (param f64) (result f64)
    (f64.add (call $g (i64.const 5) (local.get 0)) (local.get 0))))

;; Graph
;; b0:
;;   v0 = call import f0(5L, p0:f64): f64
;;   v1 = f64.add v0, p0:f64
;;   return v1
;; Code
;; prologue:
;;   0000  55                             push rbp
;;   0001  48 89 e5                       mov rbp, rsp
;;   0004  41 56                          push r14
;;   0006  48 83 ec 28                    sub rsp, 40
;;   000a  49 3b 26                       cmp rsp, [r14]
;;   000d  0f 82 2b 00 00 00              jb +0x3e
;; b0:
;;   0013  f2 0f 11 45 d8                 movsd [rbp - 40], xmm0
;;   0018  bf 05 00 00 00                 mov edi, 5
;;   001d  4d 8b 5e 40                    mov r11, [r14 + 64]
;;   0021  4d 8b 73 08                    mov r14, [r11 + 8]
;;   0025  4d 8b 1b                       mov r11, [r11]
;;   0028  4d 8b 7e 10                    mov r15, [r14 + 16]
;;   002c  41 ff 13                       call [r11]
;;   002f  4c 8b 75 f8                    mov r14, [rbp - 8]
;;   0033  4d 8b 7e 10                    mov r15, [r14 + 16]
;;   0037  c5 fb 58 45 d8                 vaddsd xmm0, xmm0, [rbp - 40]
;;   003c  c9                             leave
;;   003d  c3                             ret
;; outOfLine:
;;   003e  0f 0b                          ud2
