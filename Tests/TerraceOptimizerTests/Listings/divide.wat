;; Division by what is not known: the traps are hardware faults, or out of the way.
(module
  (func $f (param i64 i64) (result i64)
    (i64.div_s (local.get 0) (local.get 1))))

;; Graph
;; b0:
;;   v0 = i64.div_s p0:i64, p1:i64
;;   return v0
;; Code
;; b0:
;;   0000  48 89 f8                       mov rax, rdi
;;   0003  48 85 f6                       test rsi, rsi
;;   0006  0f 84 06 00 00 00              je +0x12
;;   000c  48 99                          cqo
;;   000e  48 f7 fe                       idiv rsi
;;   0011  c3                             ret
;; outOfLine:
;;   0012  0f 0b                          ud2
