;; Division by what is not known: the traps are hardware faults, or out of the way.
(module
  (func $f (param i64 i64) (result i64)
    (i64.div_s (local.get 0) (local.get 1))))

;; Graph
;; b0:
;;   v0 = i64.div_s p0:i64, p1:i64
;;   return v0
;; Code
;; prologue:
;;   0000  55                             push rbp
;;   0001  48 89 e5                       mov rbp, rsp
;;   0004  41 56                          push r14
;; b0:
;;   0006  48 89 f8                       mov rax, rdi
;;   0009  48 85 f6                       test rsi, rsi
;;   000c  0f 84 07 00 00 00              je +0x19
;;   0012  48 99                          cqo
;;   0014  48 f7 fe                       idiv rsi
;;   0017  c9                             leave
;;   0018  c3                             ret
;; outOfLine:
;;   0019  0f 0b                          ud2
