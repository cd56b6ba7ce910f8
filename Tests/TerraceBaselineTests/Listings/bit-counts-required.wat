;; Bit counts on a processor that has only the oldest instructions.
;; Processor: required
(module
  (func (param i32) (result i32)
    (i32.add (i32.clz (local.get 0)) (i32.popcnt (local.get 0)))))

;; Code
;; function 0
;;   prologue
;;     | 0000  55                              push rbp
;;     | 0001  48 89 e5                        mov rbp, rsp
;;     | 0004  41 56                           push r14
;;     | 0006  4c 8d 9c 24 c8 ff ff ff         lea r11, [rsp - 56]
;;     | 000e  4d 3b 1e                        cmp r11, [r14]
;;     | 0011  0f 82 61 00 00 00               jb +0x78
;;     | 0017  4c 89 dc                        mov rsp, r11
;;     | 001a  49 89 fa                        mov r10, rdi
;;   local.get 0
;;   i32.clz
;;     | 001d  41 0f bd fa                     bsr edi, r10d
;;     | 0021  41 bb 3f 00 00 00               mov r11d, 63
;;     | 0027  41 0f 44 fb                     cmove edi, r11d
;;     | 002b  83 f7 1f                        xor edi, 31
;;   local.get 0
;;   i32.popcnt
;;     | 002e  44 89 d6                        mov esi, r10d
;;     | 0031  44 89 d2                        mov edx, r10d
;;     | 0034  d1 ea                           shr edx, 1
;;     | 0036  41 bb 55 55 55 55               mov r11d, 0x55555555
;;     | 003c  44 21 da                        and edx, r11d
;;     | 003f  29 d6                           sub esi, edx
;;     | 0041  89 f2                           mov edx, esi
;;     | 0043  c1 ea 02                        shr edx, 2
;;     | 0046  41 bb 33 33 33 33               mov r11d, 0x33333333
;;     | 004c  44 21 de                        and esi, r11d
;;     | 004f  44 21 da                        and edx, r11d
;;     | 0052  01 d6                           add esi, edx
;;     | 0054  89 f2                           mov edx, esi
;;     | 0056  c1 ea 04                        shr edx, 4
;;     | 0059  01 d6                           add esi, edx
;;     | 005b  41 bb 0f 0f 0f 0f               mov r11d, 0xf0f0f0f
;;     | 0061  44 21 de                        and esi, r11d
;;     | 0064  41 bb 01 01 01 01               mov r11d, 0x1010101
;;     | 006a  41 0f af f3                     imul esi, r11d
;;     | 006e  c1 ee 18                        shr esi, 24
;;   i32.add
;;     | 0071  01 f7                           add edi, esi
;;   end
;;     | 0073  48 89 f8                        mov rax, rdi
;;     | 0076  c9                              leave
;;     | 0077  c3                              ret
;;   behind the function
;;     | 0078  0f 0b                           ud2
