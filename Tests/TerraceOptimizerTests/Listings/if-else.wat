;; Two ways with calls, so that they stay two ways.
(module
  (import "m" "a" (func $a (param i32) (result i32)))
  (import "m" "b" (func $b (param i32) (result i32)))
  (func $f (param i32) (result i32)
    (if (result i32) (local.get 0)
      (then (call $a (local.get 0)))
      (else (call $b (i32.const 3))))))

;; Graph
;; b0:
;;   branch p0:i32 ? b1 : b2
;; b1:                                     ; ×0.5, from b0
;;   v0 = call import f0(p0:i32): i32
;;   jump b3(v0)
;; b2:                                     ; ×0.5, from b0
;;   v1 = call import f1(3): i32
;;   jump b3(v1)
;; b3(v2: i32):                            ; from b1 b2
;;   return v2
;; Code
;; prologue:
;;   0000  55                             push rbp
;;   0001  48 89 e5                       mov rbp, rsp
;;   0004  41 56                          push r14
;;   0006  48 83 ec 18                    sub rsp, 24
;;   000a  49 3b 26                       cmp rsp, [r14]
;;   000d  0f 82 41 00 00 00              jb +0x54
;; b0:
;;   0013  85 ff                          test edi, edi
;;   0015  74 1c                          je +0x33
;; b1:
;;   0017  4d 8b 5e 40                    mov r11, [r14 + 64]
;;   001b  4d 8b 73 08                    mov r14, [r11 + 8]
;;   001f  4d 8b 1b                       mov r11, [r11]
;;   0022  4d 8b 7e 10                    mov r15, [r14 + 16]
;;   0026  41 ff 13                       call [r11]
;;   0029  4c 8b 75 f8                    mov r14, [rbp - 8]
;;   002d  4d 8b 7e 10                    mov r15, [r14 + 16]
;; b3:
;;   0031  c9                             leave
;;   0032  c3                             ret
;; b2:
;;   0033  bf 03 00 00 00                 mov edi, 3
;;   0038  4d 8b 5e 48                    mov r11, [r14 + 72]
;;   003c  4d 8b 73 08                    mov r14, [r11 + 8]
;;   0040  4d 8b 1b                       mov r11, [r11]
;;   0043  4d 8b 7e 10                    mov r15, [r14 + 16]
;;   0047  41 ff 13                       call [r11]
;;   004a  4c 8b 75 f8                    mov r14, [rbp - 8]
;;   004e  4d 8b 7e 10                    mov r15, [r14 + 16]
;; b3:
;;   0052  c9                             leave
;;   0053  c3                             ret
;; outOfLine:
;;   0054  0f 0b                          ud2
